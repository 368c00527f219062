package seqmark.tasks.recall;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Check;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Drawing;
import seqmark.tasks.DrawnTask;
import seqmark.tasks.Sizes;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.TokenAccuracy;

/**
 * A random sequence with a cue somewhere inside and again at its end: which symbol followed it?
 * (Dao et al. 2022, "Hungry hungry hippos", section 3.1; Gu and Dao 2023, "Mamba", section 4.1.2,
 * which trains at one length and tests at others up to 4096 times as long.)
 *
 * <p>One position counts in loss and metrics: the cue at the end. The symbol asked for stands only
 * where it followed the first cue, before the question. The parts share no sequence.
 */
public final class InductionHeads implements TaskProvider<InductionHeads.Config> {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 1 << 20;

  /**
   * The parameters. Presets:
   *
   * <ul>
   *   <li>{@code mamba}: the setting of Mamba's section 4.1.2 and appendix E.1. Its authors draw
   *       new examples in each of 204,800 steps of batch 8, which are the 1,638,400 here; they did
   *       not publish where the first cue stands nor which positions count in training. The tests
   *       end at 16,384, theirs at 1,048,576: set {@code testLengths} for more.
   *   <li>{@code safari}: that of the repository of Hyena (Poli et al. 2023), which trains on every
   *       next token, not on the last alone. Its vocabulary is 20 with a symbol that never occurs.
   * </ul>
   *
   * @param vocabulary all symbols, the cue included: 3 to 65536
   * @param length of sequences to train on and for validation: 8 to 1048576
   * @param testLengths lengths of sequences for testing, each as likely as the others; empty for
   *     {@code length}
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      int vocabulary, int length, List<Integer> testLengths, int train, int validation, int test) {
    /** Checks all ranges. */
    public Config {
      if (vocabulary < 3 || vocabulary > 65_536) {
        throw new IllegalArgumentException(
            "vocabulary is " + vocabulary + ", expected 3 to 65536, the cue included");
      }
      if (!isLength(length)) {
        throw new IllegalArgumentException(
            "length is %d, expected %d to %d".formatted(length, SHORTEST, LONGEST));
      }
      if (!testLengths.stream().allMatch(Config::isLength)) {
        throw new IllegalArgumentException(
            "testLengths is %s, expected lengths from %d to %d"
                .formatted(testLengths, SHORTEST, LONGEST));
      }
      testLengths = List.copyOf(testLengths);
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }

    private static boolean isLength(Integer length) {
      return Objects.nonNull(length) && length >= SHORTEST && length <= LONGEST;
    }
  }

  /** For ServiceLoader. */
  public InductionHeads() {}

  @Override
  public String id() {
    return "induction-heads";
  }

  @Override
  public String summary() {
    return "which symbol followed the cue? asked at the end of a random sequence";
  }

  @Override
  public Config defaults() {
    return small();
  }

  @Override
  public Map<String, Config> presets() {
    List<Integer> doubled = IntStream.rangeClosed(6, 14).mapToObj(power -> 1 << power).toList();
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("small", small());
    presets.put("mamba", new Config(16, 256, doubled, 1_638_400, 500, 900));
    presets.put("safari", new Config(19, 31, List.of(), 5_000, 500, 500));
    return presets;
  }

  private static Config small() {
    return new Config(8, 32, List.of(16, 32, 64, 128), 20_000, 500, 1_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    Stream<String> ordinary = IntStream.range(1, config.vocabulary()).mapToObj(i -> "s" + i);
    Vocabulary symbols = new Vocabulary(Stream.concat(ordinary, Stream.of("?")).toList(), " ");
    InductionHeadsGenerator generator = new InductionHeadsGenerator(config, symbols.id("?"));
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    return new DrawnTask(
        symbols,
        new Drawing(sizes, CounterRandom.seeded(seed), generator),
        Difficulty.SOURCE_LENGTH,
        List.of(new TokenAccuracy("accuracy")));
  }
}
