package seqmark.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Config trees put together and taken apart. */
final class Trees {
  private Trees() {}

  /** {@code defaults} with the values of {@code given}, objects merged key by key. */
  static ObjectNode merge(ObjectNode defaults, ObjectNode given) {
    ObjectNode merged = defaults.deepCopy();
    given.forEachEntry((key, value) ->
        merged.set(
            key,
            merged.get(key) instanceof ObjectNode inner && value instanceof ObjectNode object
                ? merge(inner, object)
                : value));
    return merged;
  }

  /** Every value of a tree that is no object, by path, as text. */
  static Map<String, String> flatten(JsonNode node) {
    Map<String, String> flat = new LinkedHashMap<>();
    flatten("", node, flat);
    return flat;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> flat) {
    boolean entries = node.isArray() && !node.isEmpty() && node.get(0).isObject();
    if (node.isObject()) {
      node.forEachEntry((key, value) -> flatten(ConfigTree.join(path, key), value, flat));
    } else if (entries) {
      for (int i = 0; i < node.size(); i++) {
        flatten(ConfigTree.join(path, Integer.toString(i)), node.get(i), flat);
      }
    } else {
      flat.put(path, node.isString() ? node.asString() : node.toString());
    }
  }

  /** What differs between two flattened trees, a line per path. */
  static List<String> differences(Map<String, String> before, Map<String, String> now) {
    Set<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    for (String path : paths) {
      String was = before.getOrDefault(path, "nothing");
      String is = now.getOrDefault(path, "nothing");
      if (!was.equals(is)) {
        differences.add(path + " was " + was + " and is " + is);
      }
    }
    return differences;
  }
}
