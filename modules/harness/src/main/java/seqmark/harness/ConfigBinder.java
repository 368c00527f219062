package seqmark.harness;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** Strict conversion between trees and records, with errors in the words of the config. */
final class ConfigBinder {
  /** Nothing unknown, nothing missing, no type bent into another; enums in kebab case. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new KebabCaseEnums())
          .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
          .disable(
              MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private ConfigBinder() {}

  /**
   * The record that a node describes.
   *
   * @param path where the node stands in the tree
   * @throws UserError if it does not fit, with the place
   */
  static <T> T bind(ConfigTree tree, String path, JsonNode node, Class<T> type) {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (UnrecognizedPropertyException e) {
      List<String> known = e.getKnownPropertyIds().stream().map(Object::toString).toList();
      throw unknownKey(tree, join(path, e), known);
    } catch (MismatchedInputException e) {
      throw wrongType(tree, path, node, e);
    } catch (JacksonException e) {
      throw impossible(tree, join(path, e), e);
    }
  }

  /** An error for a key that stands at a path where only others are known. */
  static UserError unknownKey(ConfigTree tree, String path, Collection<String> known) {
    String key = path.substring(path.lastIndexOf('.') + 1);
    String inside = key.equals(path) ? "" : " in " + path.substring(0, path.lastIndexOf('.'));
    return new UserError(
        tree.place(path)
            + ": unknown key '"
            + key
            + "'"
            + inside
            + Nearest.suggestion(key, known)
            + "; known here: "
            + String.join(", ", known));
  }

  private static UserError wrongType(
      ConfigTree tree, String path, JsonNode node, MismatchedInputException e) {
    JsonNode found = node;
    for (JacksonException.Reference step : e.getPath()) {
      found =
          step.getPropertyName() != null
              ? found.path(step.getPropertyName())
              : found.path(step.getIndex());
    }
    String at = join(path, e);
    Class<?> type = e.getTargetType();
    String near =
        type != null && type.isEnum() && found.isString()
            ? Nearest.suggestion(found.asString(), constants(type))
            : "";
    return new UserError(
        tree.place(at)
            + ": "
            + at
            + ": expected "
            + expected(type)
            + ", but found "
            + ConfigTree.describe(found)
            + near);
  }

  /** A value that its record rejects; the message names the component, whose line is better. */
  private static UserError impossible(ConfigTree tree, String path, JacksonException e) {
    String message = e.getCause() != null ? e.getCause().getMessage() : e.getOriginalMessage();
    String component = message.split("[^A-Za-z0-9]", 2)[0];
    return new UserError(
        tree.place(ConfigTree.join(path, component)) + ": " + path(path) + message, e);
  }

  private static String path(String path) {
    return path.isEmpty() ? "" : path + ": ";
  }

  private static String join(String path, JacksonException e) {
    String joined = path;
    for (JacksonException.Reference step : e.getPath()) {
      String key =
          step.getPropertyName() != null
              ? step.getPropertyName()
              : Integer.toString(step.getIndex());
      joined = ConfigTree.join(joined, key);
    }
    return joined;
  }

  private static String expected(Class<?> type) {
    if (type == null) {
      return "another value";
    } else if (type.isEnum()) {
      return "one of " + String.join(", ", constants(type));
    } else if (type == int.class
        || type == long.class
        || type == Integer.class
        || type == Long.class) {
      return "a whole number";
    } else if (type == double.class || type == float.class || type == Double.class) {
      return "a number";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (type == String.class) {
      return "a text";
    } else if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list, [a, b]";
    }
    return "keys and values, {key: value}";
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(c -> MAPPER.valueToTree(c).asString())
        .toList();
  }

  /** {@code LOCAL_M} is {@code local-m} in a config. */
  private static final class KebabCaseEnums extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Object findEnumNamingStrategy(MapperConfig<?> config, AnnotatedClass type) {
      return EnumNamingStrategies.KEBAB_CASE.getClass();
    }
  }
}
