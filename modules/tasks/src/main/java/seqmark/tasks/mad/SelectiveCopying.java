package seqmark.tasks.mad;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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

/**
 * A few random tokens among blanks, then a cue: the tokens are to be given back in order, without
 * the blanks (Gu and Dao 2023, "Mamba", section 3.1; Poli et al. 2024).
 *
 * <p>After the cue comes a blank for every token; these count in loss and metrics, in training as
 * in test, as MAD does it. No answer stands after its question. Where there are fewer than 256
 * different sequences of tokens, the parts share sources; otherwise they share none.
 */
public final class SelectiveCopying implements TaskProvider<SelectiveCopying.Config> {
  /** Where the blanks stand. */
  public enum Spacing {
    /** The tokens stand at random places, each choice of places equally likely. */
    PLACES,
    /**
     * Each blank falls before a random token, as in MAD's code: the more blanks, the more alike are
     * the distances between tokens, which helps models that are invariant in time.
     */
    GAPS;

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The parameters. Presets:
   *
   * <ul>
   *   <li>{@code mad}: MAD's baseline; it also has {@code vocabulary} 32, 64 and 128, {@code
   *       length} 512 and 1024, {@code tokens} 32, 64 and 96, and {@code train} 6400, 3200, 1600
   *       and 800.
   *   <li>{@code mamba}: the setting of Mamba's appendix E.1, whose authors draw new examples in
   *       each of 400,000 steps of batch 64 and published no code; places and vocabulary are those
   *       of the copying task in their repository of S4, the slots of which also are the cue.
   * </ul>
   *
   * @param vocabulary all symbols, blank and cue included: 4 to 65536
   * @param length of sources, cue and slots included: 3 to 100000
   * @param tokens how many are to be copied: at least 1, and a place and a slot for each
   * @param spacing where the blanks stand
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      int vocabulary,
      int length,
      int tokens,
      Spacing spacing,
      int train,
      int validation,
      int test) {
    /** Checks all ranges. */
    public Config {
      if (vocabulary < 4 || vocabulary > 65_536) {
        throw new IllegalArgumentException(
            "vocabulary is " + vocabulary + ", expected 4 to 65536, blank and cue included");
      }
      if (length < 3 || length > 100_000) {
        throw new IllegalArgumentException("length is " + length + ", expected 3 to 100000");
      }
      if (tokens < 1 || tokens > (length - 1) / 2) {
        throw new IllegalArgumentException(
            "tokens is %d, expected 1 to %d: length %d has the cue, and a place and a slot for each"
                .formatted(tokens, (length - 1) / 2, length));
      }
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public SelectiveCopying() {}

  @Override
  public String id() {
    return "selective-copying";
  }

  @Override
  public String summary() {
    return "a few tokens among many blanks, to be given back without the blanks";
  }

  @Override
  public Config defaults() {
    return small();
  }

  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("small", small());
    presets.put("mad", new Config(16, 256, 16, Spacing.GAPS, 12_800, 1_280, 1_280));
    presets.put("mamba", new Config(16, 4096, 16, Spacing.PLACES, 100_000, 500, 1_000));
    return presets;
  }

  private static Config small() {
    return new Config(8, 32, 4, Spacing.PLACES, 20_000, 500, 1_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    int letters = config.vocabulary() - 2;
    int tokens = config.tokens();
    int blanks = config.length() - 1 - 2 * tokens;
    Vocabulary symbols = symbols(letters);
    SlotsGenerator generator =
        new SlotsGenerator(
            letters, tokens, blanks, config.spacing(), symbols.id("?"), symbols.id("."));
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    return task(symbols, sizes, seed, generator);
  }

  /** Letters, the cue and the blank. */
  static Vocabulary symbols(int letters) {
    Stream<String> tokens = IntStream.range(0, letters).mapToObj(i -> "s" + i);
    return new Vocabulary(Stream.concat(tokens, Stream.of("?", ".")).toList(), " ");
  }

  static Task task(Vocabulary symbols, Sizes sizes, long seed, SlotsGenerator generator) {
    CounterRandom random = CounterRandom.seeded(seed);
    return new DrawnTask(
        symbols,
        new Drawing(sizes, random, source -> generator.isShared(), generator),
        new Difficulty("tokens to copy", example -> example.asked().length));
  }
}
