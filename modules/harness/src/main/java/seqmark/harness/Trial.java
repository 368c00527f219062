package seqmark.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seqmark.harness.ExperimentConfig.Decode;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.harness.ExperimentConfig.TaskEntry;

/**
 * One model on one task with one setting of the grid and one seed.
 *
 * @param id file-name safe and unique in its experiment
 * @param task what to learn
 * @param model what learns it, its width not yet solved for the budget
 * @param seed what parameters, data order and dropout depend on
 * @param setting the grid's values that concern this trial, by path
 * @param budget trainable numbers, 0 for no budget
 * @param train how it is trained
 * @param decode how outputs are written
 */
record Trial(
    String id,
    TaskEntry<?> task,
    ModelEntry<?> model,
    long seed,
    Map<String, String> setting,
    long budget,
    Train train,
    Decode decode) {
  private static final int LONGEST_ID = 120;

  /** All trials of a config: by task, then model, setting and seed. */
  static List<Trial> all(ExperimentConfig config, ConfigReader reader) {
    List<Map<String, String>> settings = config.grid().settings();
    List<ExperimentConfig> variants =
        settings.stream().map(setting -> reader.with(config, setting)).toList();
    List<Trial> trials = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    for (int t = 0; t < config.tasks().size(); t++) {
      for (int m = 0; m < config.models().size(); m++) {
        // A value that concerns another model or task makes no new setting of this one.
        Set<Map<String, String>> seen = new LinkedHashSet<>();
        for (int s = 0; s < settings.size(); s++) {
          Map<String, String> setting = concerning(settings.get(s), config, t, m);
          if (seen.add(setting)) {
            for (long seed : config.seeds()) {
              trials.add(one(config, variants.get(s), t, m, setting, seed, ids));
            }
          }
        }
      }
    }
    return trials;
  }

  private static Trial one(
      ExperimentConfig config,
      ExperimentConfig variant,
      int t,
      int m,
      Map<String, String> setting,
      long seed,
      Set<String> ids) {
    String task = config.tasks().get(t).label();
    String model = config.models().get(m).label();
    return new Trial(
        id(task, model, setting, seed, ids),
        variant.tasks().get(t).labelled(task),
        variant.models().get(m).labelled(model),
        seed,
        setting,
        variant.budget().parameters(),
        variant.train(),
        variant.decode());
  }

  private static Map<String, String> concerning(
      Map<String, String> setting, ExperimentConfig config, int t, int m) {
    Map<String, String> concerning = new LinkedHashMap<>();
    setting.forEach((path, value) -> {
      String[] keys = path.split("\\.");
      boolean other =
          switch (keys[0]) {
            case "tasks" -> !means(keys, t, config.tasks().get(t).provider().id());
            case "models" -> !means(keys, m, config.models().get(m).provider().id());
            default -> false;
          };
      if (!other) {
        concerning.put(path, value);
      }
    });
    return concerning;
  }

  private static boolean means(String[] keys, int position, String id) {
    return keys.length < 2 || keys[1].equals(Integer.toString(position)) || keys[1].equals(id);
  }

  private static String id(
      String task, String model, Map<String, String> setting, long seed, Set<String> taken) {
    StringBuilder text = new StringBuilder(task + " " + model);
    setting.forEach((path, value) ->
        text.append(' ').append(path.substring(path.lastIndexOf('.') + 1)).append(value));
    String name = Labels.fileName(text.toString());
    if (name.length() > LONGEST_ID) {
      name = name.substring(0, LONGEST_ID);
    }
    String id = name + "-" + seed;
    for (int n = 2; !taken.add(id); n++) {
      id = name + "." + n + "-" + seed;
    }
    return id;
  }
}
