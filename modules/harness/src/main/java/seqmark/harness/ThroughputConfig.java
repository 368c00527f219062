package seqmark.harness;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.nn.Setting;
import seqmark.nn.Tokens;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What to time, as a config file says it, with all defaults filled in and everything checked.
 *
 * @param name names the report and its output folder; file-name safe
 * @param seed what weights and tokens depend on
 * @param vocabulary source and target ids, special tokens included
 * @param models what is timed
 * @param backends what computes it
 * @param work which parts of a model's life are timed
 * @param batch sequences at a time
 * @param length tokens of sources, and of targets with their end
 * @param measure how long to look
 * @param yaml all of this as YAML
 */
public record ThroughputConfig(
    String name,
    long seed,
    int vocabulary,
    List<ModelEntry<?>> models,
    List<Execution> backends,
    List<Work> work,
    List<Integer> batch,
    List<Integer> length,
    Measure measure,
    String yaml) {
  private static final List<String> KEYS =
      Stream.of(Shape.class.getRecordComponents()).map(RecordComponent::getName).toList();
  private static final int SMALLEST_VOCABULARY = Tokens.FIRST + 2;
  private static final int LARGEST = 65_536;

  /** The vectors that the narrow row of a CPU has: what every CPU with vectors has. */
  private static final int NARROW_BITS = 128;

  private static final String DROPOUT = "dropout";

  /** A part of a model's life. */
  public enum Work {
    /** Forward, backward, clipping and update. */
    TRAINING,
    /** Teacher-forced logits and their loss. */
    FORWARD,
    /** One token per sequence read and the logits of the next. */
    GENERATION
  }

  /**
   * A backend with what is set from outside.
   *
   * @param backend its name
   * @param device which of its devices, counted from 0
   * @param threads of the CPU; 0 for as many as it has cores
   * @param vectorBits the widest vectors that Java may use; 0 for those of the CPU
   */
  public record Execution(String backend, int device, int threads, int vectorBits) {
    private static final Execution DEFAULTS = new Execution(RunOptions.DEFAULT_BACKEND, 0, 1, 0);

    /** Rejects what cannot be. */
    public Execution {
      Setting.within(0, Setting.MOST, "device", device);
      Setting.within(0, Setting.MOST, "threads", threads);
      if (vectorBits != 0 && vectorBits != NARROW_BITS && vectorBits != 256 && vectorBits != 512) {
        throw new IllegalArgumentException(
            "vectorBits: must be 128, 256, 512, or 0 for those of the CPU, found " + vectorBits);
      }
      threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** For instance {@code cpu, 2 threads, 128-bit vectors}. */
    public String label() {
      return backend
          + (device == 0 ? "" : ":" + device)
          + (threads > 1 ? ", " + threads + " threads" : isCpu() ? ", 1 thread" : "")
          + (vectorBits == 0 ? "" : ", " + vectorBits + "-bit vectors");
    }

    /** The backend on the device. */
    public Backend in(Registry registry) {
      return registry.backend(backend).on(device);
    }

    /** Whether Java computes, on the CPU. */
    public boolean isCpu() {
      return backend.equals(RunOptions.DEFAULT_BACKEND);
    }

    /** Whether it is the CPU with all it has: what others are compared with. */
    public boolean isWholeCpu() {
      return isCpu() && vectorBits == 0 && threads == Runtime.getRuntime().availableProcessors();
    }
  }

  /**
   * How long to look.
   *
   * @param forks virtual machines started for every number, one after the other
   * @param warmupSeconds that do not count, in each
   * @param iterations that count, in each, of either way of stepping
   * @param seconds of one iteration
   */
  public record Measure(int forks, double warmupSeconds, int iterations, double seconds) {
    /** What a config gets that says nothing. */
    static final Measure DEFAULTS = new Measure(1, 5, 5, 1);

    /** To see whether all works; its numbers are no good. */
    public static final Measure QUICK = new Measure(1, 0.2, 3, 0.1);

    /** Rejects what cannot be. */
    public Measure {
      Setting.within(1, 100, "forks", forks);
      Setting.within(2, 1_000, "iterations", iterations);
      requireSeconds("warmupSeconds", warmupSeconds);
      requireSeconds("seconds", seconds);
    }

    private static void requireSeconds(String name, double seconds) {
      if (!(seconds >= 0.001 && seconds <= 600)) {
        throw new IllegalArgumentException(name + ": must be in [0.001, 600], found " + seconds);
      }
    }
  }

  /** A config as it is written, entries still unread. */
  private record Shape(
      String name,
      long seed,
      int vocabulary,
      List<ObjectNode> models,
      List<ObjectNode> backends,
      List<Work> work,
      List<Integer> batch,
      List<Integer> length,
      Measure measure) {}

  /**
   * Reads a config file.
   *
   * @param overrides {@code path.to.key=value}, applied in this order before anything is checked
   * @throws UserError for anything wrong with it: what, in which line, and what would be right
   */
  public static ThroughputConfig read(Path file, List<String> overrides, Registry registry) {
    return read(ExperimentConfig.with(ConfigTree.read(file), overrides), registry);
  }

  /** The same with another time to look. */
  public ThroughputConfig with(Measure other) {
    return new ThroughputConfig(
        name, seed, vocabulary, models, backends, work, batch, length, other, yaml);
  }

  private static ThroughputConfig read(ConfigTree tree, Registry registry) {
    ConfigReader.requireKnown(tree, KEYS);
    ObjectNode defaults = defaults();
    if (!tree.root().has("backends")) {
      defaults.set("backends", ConfigBinder.MAPPER.valueToTree(usual(registry)));
    }
    ObjectNode merged = Trees.merge(defaults, tree.root());
    Shape shape = ConfigBinder.bind(tree, "", merged, Shape.class);
    check(tree, shape);
    List<ModelEntry<?>> models =
        ConfigReader.each(shape.models, (i, n) -> withoutDropout(tree, "models." + i, n, registry));
    List<ObjectNode> nodes =
        ConfigReader.each(
            models, (i, m) -> ConfigEntry.of("model", m.provider().id(), m.options()));
    List<String> labels = Labels.of(tree, "models", nodes);
    List<Execution> backends =
        ConfigReader.each(shape.backends, (i, n) -> execution(tree, "backends." + i, n, registry));
    merged.putArray("models").addAll(nodes);
    return new ThroughputConfig(
        shape.name,
        shape.seed,
        shape.vocabulary,
        ConfigReader.each(models, (i, model) -> model.labelled(labels.get(i))),
        backends.stream().distinct().toList(),
        shape.work,
        shape.batch,
        shape.length,
        shape.measure,
        ConfigReader.YAML.writeValueAsString(merged));
  }

  private static void check(ConfigTree tree, Shape shape) {
    ConfigReader.requireFileName(tree, shape.name);
    if (shape.vocabulary < SMALLEST_VOCABULARY || shape.vocabulary > LARGEST) {
      throw new UserError(
          "%s: vocabulary: must be in [%d, %d], found %d"
              .formatted(tree.place("vocabulary"), SMALLEST_VOCABULARY, LARGEST, shape.vocabulary));
    }
    ConfigReader.requireFilled(tree, "models", shape.models);
    requireDistinct(tree, "backends", shape.backends);
    requireDistinct(tree, "work", shape.work);
    requireExtents(tree, "batch", shape.batch, 1);
    requireExtents(tree, "length", shape.length, 2);
  }

  private static void requireDistinct(ConfigTree tree, String path, List<?> list) {
    ConfigReader.requireFilled(tree, path, list);
    if (new HashSet<>(list).size() < list.size()) {
      throw new UserError(tree.place(path) + ": " + path + ": one entry stands there twice");
    }
  }

  private static void requireExtents(
      ConfigTree tree, String path, List<Integer> extents, int least) {
    requireDistinct(tree, path, extents);
    for (int extent : extents) {
      if (extent < least || extent > LARGEST) {
        throw new UserError(
            "%s: %s: must be in [%d, %d], found %d"
                .formatted(tree.place(path), path, least, LARGEST, extent));
      }
    }
  }

  /**
   * A model whose rows do not depend on their place in the batch: it is checked on a batch that
   * repeats a few of them.
   */
  private static ModelEntry<?> withoutDropout(
      ConfigTree tree, String path, ObjectNode node, Registry registry) {
    double dropout = node.path(DROPOUT).asDouble(0);
    if (dropout != 0) {
      throw new UserError(
          "%s: %s.dropout: must be 0 or left out where speed is measured, found %s"
              .formatted(tree.place(ConfigTree.join(path, DROPOUT)), path, dropout));
    }
    ModelEntry<?> model = new ConfigEntry(tree, path, "model", node).model(registry);
    boolean drops = ConfigBinder.MAPPER.valueToTree(model.options()).has(DROPOUT);
    return drops
        ? new ConfigEntry(tree, path, "model", node.deepCopy().put(DROPOUT, 0.0)).model(registry)
        : model;
  }

  private static Execution execution(
      ConfigTree tree, String path, ObjectNode node, Registry registry) {
    ObjectNode known = ConfigBinder.MAPPER.valueToTree(Execution.DEFAULTS);
    Execution execution = ConfigBinder.bind(tree, path, Trees.merge(known, node), Execution.class);
    String place = tree.place(ConfigTree.join(path, "backend"));
    try {
      execution.in(registry);
    } catch (UserError e) {
      throw new UserError(place + ": " + e.getMessage(), e);
    } catch (IndexOutOfBoundsException e) {
      throw new UserError(place + ": device " + execution.device() + ": " + e.getMessage(), e);
    }
    return execution;
  }

  private static ObjectNode defaults() {
    JsonMapper mapper = ConfigBinder.MAPPER;
    ObjectNode defaults = mapper.createObjectNode();
    defaults.put("seed", 1);
    defaults.put("vocabulary", 64);
    defaults.set("work", mapper.valueToTree(Work.values()));
    defaults.putArray("batch").add(32);
    defaults.putArray("length").add(32).add(64).add(128);
    defaults.set("measure", mapper.valueToTree(Measure.DEFAULTS));
    return defaults;
  }

  /** The CPU in three ways, and every device of all other backends but the reference. */
  private static List<Execution> usual(Registry registry) {
    List<Execution> usual = new ArrayList<>();
    String cpu = RunOptions.DEFAULT_BACKEND;
    usual.add(new Execution(cpu, 0, 1, NARROW_BITS));
    usual.add(new Execution(cpu, 0, 1, 0));
    usual.add(new Execution(cpu, 0, 0, 0));
    for (Backend backend : registry.backends()) {
      boolean other = !backend.name().equals(cpu) && !(backend instanceof Reference);
      if (other && backend.missing().isEmpty()) {
        for (int device = 0; device < Math.max(1, backend.devices().size()); device++) {
          usual.add(new Execution(backend.name(), device, 1, 0));
        }
      }
    }
    return usual.stream().distinct().toList();
  }
}
