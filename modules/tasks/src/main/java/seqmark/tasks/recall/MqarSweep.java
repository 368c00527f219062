package seqmark.tasks.recall;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * {@link Mqar} with sequences of several lengths and numbers of pairs: how much a model recalls
 * against how large its state is (Arora et al. 2024, "Simple linear attention language models
 * balance the recall-throughput tradeoff", figure 2).
 *
 * <p>Only the repeated keys count in loss and metrics. The parts share no sequence, except as in
 * {@link Mqar}.
 */
public final class MqarSweep implements TaskProvider<MqarSweep.Config> {
  /**
   * Sequences of one kind.
   *
   * @param length of every sequence
   * @param pairs of key and value
   * @param examples how many
   */
  public record Segment(int length, int pairs, int examples) {
    /** As in configs. */
    @Override
    public String toString() {
      return "{length: %d, pairs: %d, examples: %d}".formatted(length, pairs, examples);
    }
  }

  /**
   * The parameters. The preset {@code zoology} is the sweep of the paper's repository, which has no
   * validation part: ours has 100 examples of each kind of the test.
   *
   * @param vocabulary keys and values together
   * @param power as in {@link Mqar}
   * @param filler what stands between the repeated keys
   * @param train the kinds to train on
   * @param validation those for validation
   * @param test those for testing
   */
  public record Config(
      int vocabulary,
      double power,
      Mqar.Filler filler,
      List<Segment> train,
      List<Segment> validation,
      List<Segment> test) {
    /** Checks all ranges. */
    public Config {
      train = checked("train", train, vocabulary, power, filler);
      validation = checked("validation", validation, vocabulary, power, filler);
      test = checked("test", test, vocabulary, power, filler);
    }

    private static List<Segment> checked(
        String part, List<Segment> segments, int vocabulary, double power, Mqar.Filler filler) {
      if (segments.isEmpty()) {
        throw new IllegalArgumentException(part + " is [], expected 1 or more kinds of sequences");
      }
      for (int i = 0; i < segments.size(); i++) {
        try {
          mqar(segments.get(i), vocabulary, power, filler);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(part + "." + i + ": " + e.getMessage(), e);
        }
      }
      long examples = segments.stream().mapToLong(Segment::examples).sum();
      if (examples > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s has %d examples in all, expected %d at most"
                .formatted(part, examples, Integer.MAX_VALUE));
      }
      return List.copyOf(segments);
    }

    private static Mqar.Config mqar(
        Segment segment, int vocabulary, double power, Mqar.Filler filler) {
      int examples = segment.examples();
      return new Mqar.Config(
          vocabulary,
          segment.length(),
          segment.pairs(),
          power,
          filler,
          examples,
          examples,
          examples);
    }

    /** The sequences of a segment as a task of their own, each part as large as the segment. */
    Mqar.Config mqar(Segment segment) {
      return mqar(segment, vocabulary, power, filler);
    }
  }

  /** For ServiceLoader. */
  public MqarSweep() {}

  @Override
  public String id() {
    return "mqar-sweep";
  }

  @Override
  public String summary() {
    return "mqar with sequences of several lengths and numbers of pairs";
  }

  @Override
  public Config defaults() {
    return small();
  }

  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("small", small());
    presets.put("zoology", zoology());
    return presets;
  }

  private static Config small() {
    List<Segment> train = List.of(new Segment(16, 2, 10_000), new Segment(32, 4, 10_000));
    return new Config(32, 0.01, Mqar.Filler.BLANK, train, few(125), few(250));
  }

  private static List<Segment> few(int examples) {
    return List.of(
        new Segment(16, 2, examples),
        new Segment(16, 4, examples),
        new Segment(32, 8, examples),
        new Segment(64, 16, examples));
  }

  private static Config zoology() {
    List<Segment> train =
        List.of(
            new Segment(64, 4, 100_000),
            new Segment(128, 8, 20_000),
            new Segment(256, 16, 20_000),
            new Segment(256, 32, 20_000),
            new Segment(256, 64, 20_000));
    return new Config(8192, 0.01, Mqar.Filler.RANDOM, train, published(100), published(1_000));
  }

  private static List<Segment> published(int examples) {
    return List.of(
        new Segment(64, 4, examples),
        new Segment(64, 8, examples),
        new Segment(64, 16, examples),
        new Segment(128, 32, examples),
        new Segment(256, 64, examples),
        new Segment(512, 128, examples),
        new Segment(1024, 256, examples));
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    return new MqarSweepTask(config, seed);
  }
}
