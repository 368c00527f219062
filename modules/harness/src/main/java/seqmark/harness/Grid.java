package seqmark.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Values to try, one trial for each combination.
 *
 * @param axes values as YAML, by the path of what they replace
 */
public record Grid(Map<String, List<String>> axes) {
  private static final List<String> VARIABLE =
      List.of("budget", "train", "decode", "tasks", "models");

  /**
   * The grid of a config.
   *
   * @throws UserError if an axis has no values or its path cannot vary
   */
  static Grid of(ConfigTree tree, Map<String, List<JsonNode>> axes) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    axes.forEach((path, values) -> {
      ConfigReader.requireFilled(tree, "grid." + path, values);
      if (!VARIABLE.contains(path.split("\\.", 2)[0])) {
        throw new UserError(
            tree.place("grid." + path)
                + ": grid: '"
                + path
                + "' cannot vary; expected a path that starts with one of "
                + String.join(", ", VARIABLE));
      }
      texts.put(path, values.stream().map(Grid::text).toList());
    });
    return new Grid(texts);
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.asString() : value.toString();
  }

  /** All combinations of values; one empty setting if there are no axes. */
  public List<Map<String, String>> settings() {
    List<Map<String, String>> settings = List.of(Map.of());
    for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> setting : settings) {
        for (String value : axis.getValue()) {
          Map<String, String> one = new LinkedHashMap<>(setting);
          one.put(axis.getKey(), value);
          longer.add(one);
        }
      }
      settings = longer;
    }
    return settings;
  }

  /** A tree with the values of a setting in their places. */
  static ConfigTree apply(ConfigTree tree, Map<String, String> setting) {
    ConfigTree changed = tree;
    for (Map.Entry<String, String> value : setting.entrySet()) {
      changed = changed.with("grid", value.getKey(), value.getValue());
    }
    return changed;
  }
}
