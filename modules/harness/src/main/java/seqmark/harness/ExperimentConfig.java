package seqmark.harness;

import java.nio.file.Path;
import java.util.List;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Setting;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;
import tools.jackson.databind.node.ObjectNode;

/**
 * What to compare, as a config file says it, with all defaults filled in and everything checked.
 *
 * @param name names the experiment and its output folder; file-name safe
 * @param seeds one trial of everything for each
 * @param budget what all models must have in common
 * @param train how models are trained
 * @param decode how outputs are written
 * @param tasks what to learn
 * @param models what learns it
 * @param grid values to try
 * @param folder where relative paths of tasks start: the config file's folder
 * @param yaml all of this as YAML
 */
public record ExperimentConfig(
    String name,
    List<Long> seeds,
    Budget budget,
    Train train,
    Decode decode,
    List<TaskEntry<?>> tasks,
    List<ModelEntry<?>> models,
    Grid grid,
    Path folder,
    String yaml) {

  /**
   * Reads a config file.
   *
   * @param overrides {@code path.to.key=value}, applied in this order before anything is checked
   * @throws UserError for anything wrong with it: what, in which line, and what would be right
   */
  public static ExperimentConfig read(Path file, List<String> overrides, Registry registry) {
    Path parent = file.toAbsolutePath().getParent();
    return new ConfigReader(registry, parent).read(with(ConfigTree.read(file), overrides));
  }

  /**
   * A config of one model and one task, and of defaults for all that the overrides do not say.
   *
   * @param overrides as for {@link #read}
   * @throws UserError for anything wrong with it
   */
  public static ExperimentConfig of(
      String model, String task, List<String> overrides, Registry registry) {
    ObjectNode root = ConfigBinder.MAPPER.createObjectNode();
    root.put("name", Labels.fileName(task + " " + model));
    root.putArray("tasks").addObject().put("task", task);
    root.putArray("models").addObject().put("model", model);
    ConfigTree tree = ConfigTree.parse("the command line", root.toString());
    return new ConfigReader(registry, Path.of("").toAbsolutePath()).read(with(tree, overrides));
  }

  /**
   * A task by itself.
   *
   * @param preset the settings to start from; empty for the defaults
   * @param settings {@code key=value}
   * @throws UserError for anything wrong with it
   */
  public static TaskEntry<?> task(
      String task, String preset, List<String> settings, Registry registry) {
    ConfigTree tree = with(ConfigTree.parse("the command line", "{}"), settings);
    tree.root().put("task", task);
    if (!preset.isEmpty()) {
      tree.root().put("preset", preset);
    }
    return new ConfigEntry(tree, "", "task", tree.root()).task(registry);
  }

  static ConfigTree with(ConfigTree tree, List<String> overrides) {
    ConfigTree changed = tree;
    for (String override : overrides) {
      String[] sides = override.split("=", 2);
      if (sides.length < 2) {
        throw new UserError("--set " + override + ": expected path.to.key=value");
      }
      changed = changed.with("--set", sides[0].strip(), sides[1].strip());
    }
    return changed;
  }

  /**
   * What all models have in common.
   *
   * @param parameters trainable numbers (within 2%); 0 for no budget
   */
  public record Budget(long parameters) {
    /** Models as they are configured. */
    static final Budget NONE = new Budget(0);

    /** Rejects what cannot be. */
    public Budget {
      if (parameters < 0) {
        throw new IllegalArgumentException(
            "parameters: must be at least 1, or 0 for no budget, found " + parameters);
      }
    }
  }

  /**
   * How outputs are written.
   *
   * @param beam hypotheses kept on the test set; 1 is greedy
   * @param lengthPower hypotheses are compared by {@code log p / length^power}
   * @param validationExamples most examples decoded (greedily) at each validation
   */
  public record Decode(int beam, double lengthPower, int validationExamples) {
    /** What a config gets that says nothing. */
    static final Decode DEFAULTS = new Decode(1, 1, 1_000);

    /** Rejects what cannot be. */
    public Decode {
      Setting.atLeast(1, "beam", beam);
      if (!(lengthPower >= 0 && lengthPower <= 10)) {
        throw new IllegalArgumentException("lengthPower: must be in [0, 10], found " + lengthPower);
      }
      Setting.atLeast(1, "validationExamples", validationExamples);
    }
  }

  /**
   * A task of the config.
   *
   * @param label the id, with what tells it from other entries of the same id
   * @param provider what builds it
   * @param options its parameters
   */
  public record TaskEntry<C extends Record>(String label, TaskProvider<C> provider, C options) {
    /**
     * The data of a seed.
     *
     * @param folder where relative paths in the options start
     * @throws UserError if they cannot be used
     */
    public Task create(long seed, Path folder) {
      try {
        return provider.create(options, seed, folder);
      } catch (IllegalArgumentException e) {
        throw new UserError("task " + label + ": " + e.getMessage(), e);
      }
    }

    TaskEntry<C> labelled(String newLabel) {
      return new TaskEntry<>(newLabel, provider, options);
    }
  }

  /**
   * A model of the config.
   *
   * @param label the id, with what tells it from other entries of the same id
   * @param provider what builds it
   * @param options its settings, before a budget changes the width
   */
  public record ModelEntry<C extends Record>(String label, ModelProvider<C> provider, C options) {
    /** The main width. */
    public int width() {
      return provider.width(options);
    }

    /** The same with another main width. */
    ModelEntry<C> withWidth(int width) {
      return new ModelEntry<>(label, provider, provider.withWidth(options, width));
    }

    /** The same main width with a little more of a finer setting, if the model has one. */
    ModelEntry<C> enlarged(int by) {
      return new ModelEntry<>(label, provider, provider.enlarged(options, by));
    }

    /**
     * The model for a task.
     *
     * @throws IllegalArgumentException if it cannot do this task, saying why in one line
     */
    public SequenceModel create(Problem problem) {
      return provider.create(options, problem);
    }

    ModelEntry<C> labelled(String newLabel) {
      return new ModelEntry<>(newLabel, provider, options);
    }
  }
}
