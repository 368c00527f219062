package seqmark.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Names of a config's tasks and models, and of what belongs to them on disk. */
final class Labels {
  private Labels() {}

  /**
   * A name for each entry: its id; if others have the same id, with the options in which they
   * differ, as in {@code luong score=dot}.
   *
   * @param list {@code models} or {@code tasks}
   * @param entries with all options; the first value is the id
   */
  static List<String> of(ConfigTree tree, String list, List<ObjectNode> entries) {
    List<Map<String, String>> flat = new ArrayList<>();
    entries.forEach(entry -> flat.add(Trees.flatten(entry)));
    List<String> labels = new ArrayList<>();
    for (Map<String, String> entry : flat) {
      String label = label(entry, flat);
      int same = labels.indexOf(label);
      if (same >= 0) {
        String path = list + "." + labels.size();
        throw new UserError(
            tree.place(path) + ": " + path + " is the same as " + list + "." + same + ": " + label);
      }
      labels.add(label);
    }
    return labels;
  }

  private static String label(Map<String, String> entry, List<Map<String, String>> all) {
    String id = entry.values().iterator().next();
    StringBuilder label = new StringBuilder(id);
    entry.forEach((key, value) -> {
      boolean varies =
          all.stream()
              .filter(other -> other.values().iterator().next().equals(id))
              .anyMatch(other -> !Objects.equals(other.get(key), value));
      if (varies) {
        label.append(' ').append(key).append('=').append(value);
      }
    });
    return label.toString();
  }

  /** Letters, digits, dots and single hyphens: safe as a file name anywhere. */
  static String fileName(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    return name.replaceAll("^[-.]+|[-.]+$", "");
  }
}
