package seqmark.harness;

import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Turns YAML into nodes and notes where they stand.
 *
 * @param source what errors call the text
 * @param places filled with the place of every path, {@code <source>, line <n>}
 */
record ConfigParser(String source, Map<String, String> places) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  // YAML 1.1 had these, YAML 1.2 reads them as text.
  private static final Pattern UNDERSCORED = Pattern.compile("[-+]?\\d+(_\\d+)+(\\.\\d+)?");

  /**
   * The nodes of a text.
   *
   * @throws UserError if it is not valid YAML or more than one document
   */
  JsonNode document(String text) {
    try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      places.put("", source);
      JsonNode node =
          parser.nextToken() == null ? NODES.nullNode() : value((YAMLParser) parser, "");
      if (parser.nextToken() != null) {
        throw error(parser.currentTokenLocation(), "expected one document, but found a second");
      }
      return node;
    } catch (JacksonException e) {
      throw error(e.getLocation(), "is not valid YAML: " + problem(e));
    }
  }

  private JsonNode value(YAMLParser parser, String path) {
    places.putIfAbsent(path, source + ", line " + parser.currentTokenLocation().getLineNr());
    if (parser.isCurrentAlias()) {
      throw error(parser.currentTokenLocation(), "aliases (*name) are not supported");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, path);
      case START_ARRAY -> array(parser, path);
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
      case VALUE_NULL -> NODES.nullNode();
      default -> text(parser.getString());
    };
  }

  private ObjectNode object(YAMLParser parser, String path) {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      TokenStreamLocation location = parser.currentTokenLocation();
      if (object.has(key)) {
        throw error(location, "key '" + key + "' stands here a second time");
      }
      places.put(ConfigTree.join(path, key), source + ", line " + location.getLineNr());
      parser.nextToken();
      object.set(key, value(parser, ConfigTree.join(path, key)));
    }
    return object;
  }

  private ArrayNode array(YAMLParser parser, String path) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser, ConfigTree.join(path, Integer.toString(array.size()))));
    }
    return array;
  }

  private static JsonNode text(String text) {
    if (!UNDERSCORED.matcher(text).matches()) {
      return NODES.stringNode(text);
    }
    String digits = text.replace("_", "");
    return digits.contains(".")
        ? NODES.numberNode(Double.parseDouble(digits))
        : NODES.numberNode(new BigInteger(digits));
  }

  private UserError error(TokenStreamLocation location, String what) {
    return new UserError(
        source
            + ", line "
            + location.getLineNr()
            + ", column "
            + location.getColumnNr()
            + ": "
            + what);
  }

  /** The parser's message has the problem in its last line that is not an excerpt. */
  private static String problem(JacksonException e) {
    return e.getOriginalMessage()
        .lines()
        .filter(line -> !line.startsWith(" "))
        .reduce((first, second) -> second)
        .orElse("unknown reason");
  }
}
