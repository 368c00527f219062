package seqmark.harness;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML document that knows where each of its values stands.
 *
 * <p>Paths are keys and list positions joined by dots: {@code models.2.score}.
 */
final class ConfigTree {
  private final ObjectNode root;
  private final Map<String, String> places;

  private ConfigTree(ObjectNode root, Map<String, String> places) {
    this.root = root;
    this.places = places;
  }

  /** Reads a file. */
  static ConfigTree read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UserError("config " + file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new UserError("config " + file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new UserError("config " + file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads text; {@code source} is what errors call it. */
  static ConfigTree parse(String source, String text) {
    Map<String, String> places = new HashMap<>();
    JsonNode root = new ConfigParser(source, places).document(text);
    if (!(root instanceof ObjectNode object)) {
      throw new UserError(source + ": expected keys and values, but found " + describe(root));
    }
    return new ConfigTree(object, places);
  }

  /** The document. */
  ObjectNode root() {
    return root;
  }

  /** Where the value of a path stands, or the innermost value around it. */
  String place(String path) {
    for (String at = path; ; at = parent(at)) {
      String place = places.get(at);
      if (place != null) {
        return place;
      }
    }
  }

  /**
   * A copy with one value replaced or added.
   *
   * @param origin what errors call the new value: {@code --set}, {@code grid}
   * @param path keys joined by dots; an entry of a list by position or by its id
   * @param value as YAML
   */
  ConfigTree with(String origin, String path, String value) {
    String place = origin + " " + path + "=" + value;
    ConfigTree copy = new ConfigTree(root.deepCopy(), new HashMap<>(places));
    JsonNode parsed = new ConfigParser(place, new HashMap<>()).document(value);
    String[] keys = path.split("\\.", -1);
    copy.set(copy.root, "", keys, 0, parsed, place);
    return copy;
  }

  private void set(
      JsonNode at, String path, String[] keys, int depth, JsonNode value, String place) {
    String key = keys[depth];
    boolean last = depth == keys.length - 1;
    if (key.isEmpty()) {
      throw new UserError(place + ": expected a path such as train.steps");
    } else if (at instanceof ObjectNode object) {
      String child = join(path, key);
      if (last) {
        object.set(key, value);
        places.put(child, place);
      } else {
        JsonNode next = object.get(key);
        set(next != null ? next : object.putObject(key), child, keys, depth + 1, value, place);
      }
    } else if (at instanceof ArrayNode array) {
      for (int i : positions(array, key, path, place)) {
        String child = join(path, Integer.toString(i));
        if (last) {
          array.set(i, value);
          places.put(child, place);
        } else {
          set(array.get(i), child, keys, depth + 1, value, place);
        }
      }
    } else {
      throw new UserError(
          place + ": " + path + " is " + describe(at) + " and has no '" + key + "'");
    }
  }

  /** The entries of a list that a key means: one by number from 0, or all with this id. */
  private static List<Integer> positions(ArrayNode array, String key, String path, String place) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      JsonNode entry = array.get(i);
      if (key.equals(Integer.toString(i))
          || key.equals(entry.path("model").asString(""))
          || key.equals(entry.path("task").asString(""))) {
        found.add(i);
      }
    }
    if (found.isEmpty()) {
      throw new UserError(place + ": " + path + " has no entry '" + key + "'");
    }
    return found;
  }

  /** What a user would call a value. */
  static String describe(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "keys and values";
      case ARRAY -> "a list";
      case NULL, MISSING -> "nothing";
      case STRING -> "'" + node.asString() + "'";
      default -> node.toString();
    };
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }
}
