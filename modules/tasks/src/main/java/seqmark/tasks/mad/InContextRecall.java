package seqmark.tasks.mad;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Check;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Drawing;
import seqmark.tasks.DrawnTask;
import seqmark.tasks.Sizes;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * Pairs of a key and its value, which every sequence draws anew; a key that comes again asks for
 * its value (Poli et al. 2024, "in-context recall").
 *
 * <p>The keys that come again count in loss and metrics, and nothing else; {@link Questions} says
 * which of them and how answers are kept from those who read the whole source. MAD and Safari test
 * this as well but train on every next token. The parts share no sequence.
 */
public final class InContextRecall implements TaskProvider<InContextRecall.Config> {
  /**
   * The parameters. Beside the preset {@code mad}, the baseline, MAD has {@code vocabulary} 32, 64
   * and 128, {@code length} 256, 512 and 1024, and {@code train} 6400, 3200, 1600 and 800. The
   * preset {@code safari} is the associative recall of the repository of Hyena (Poli et al. 2023):
   * 20 pairs, then one question; its vocabulary is 20 with a symbol that never occurs.
   *
   * @param vocabulary keys and values together, and the symbol that announces {@link
   *     Questions#LAST}: 4 to 65536, or 5 with it
   * @param length twice the number of pairs, the last question included: even, 16 to 100000
   * @param questions which values are asked for
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      int vocabulary, int length, Questions questions, int train, int validation, int test) {
    /** With fewer pairs there could be too few sequences to be divided. */
    private static final int SHORTEST = 16;

    /** Checks all ranges. */
    public Config {
      checkVocabulary(vocabulary, 0, questions);
      checkLength(length);
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }

    /** Checks that there are two keys and two values beside the symbols for other ends. */
    static void checkVocabulary(int vocabulary, int others, Questions questions) {
      int fewest = 4 + others + (questions == Questions.LAST ? 1 : 0);
      if (vocabulary < fewest || vocabulary > 65_536) {
        throw new IllegalArgumentException(
            "vocabulary is %d, expected %d to 65536: two keys, two values and %d other symbols"
                .formatted(vocabulary, fewest, fewest - 4));
      }
    }

    static void checkLength(int length) {
      if (length < SHORTEST || length > 100_000 || length % 2 != 0) {
        throw new IllegalArgumentException(
            "length is %d, expected an even number from %d to 100000".formatted(length, SHORTEST));
      }
    }
  }

  /** For ServiceLoader. */
  public InContextRecall() {}

  @Override
  public String id() {
    return "in-context-recall";
  }

  @Override
  public String summary() {
    return "which value came with this key before? asked wherever a key comes again";
  }

  @Override
  public Config defaults() {
    return small();
  }

  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("small", small());
    presets.put("mad", new Config(16, 128, Questions.SHOWN, 12_800, 1_280, 1_280));
    presets.put("safari", new Config(19, 42, Questions.LAST, 5_000, 500, 500));
    return presets;
  }

  private static Config small() {
    return new Config(16, 32, Questions.HIDDEN, 20_000, 500, 1_000);
  }

  /** How many symbols of a vocabulary are keys and values. */
  static int ordinary(int vocabulary, Questions questions) {
    return questions == Questions.LAST ? vocabulary - 1 : vocabulary;
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    Questions questions = config.questions();
    RecallSymbols symbols =
        RecallSymbols.of(ordinary(config.vocabulary(), questions), 0, questions, false);
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    RecallGenerator generator = new RecallGenerator(symbols, questions, config.length() / 2, 0);
    return new DrawnTask(
        symbols.vocabulary(),
        new Drawing(sizes, CounterRandom.seeded(seed), generator),
        new Difficulty("questions", example -> example.asked().length));
  }
}
