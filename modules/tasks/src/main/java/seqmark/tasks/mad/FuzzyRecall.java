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
 * In-context recall in which keys and values are several symbols long (Poli et al. 2024, "fuzzy
 * in-context recall"): motifs of one symbol up to the longest, each length equally frequent,
 * without a symbol twice. In validation and test all keys are as long as can be.
 *
 * <p>Every symbol of the value of a key that was there before counts in loss and metrics, each
 * asked at the symbol before it; {@link Questions} says which values and how answers are kept from
 * those who read the whole source. How long the answer is, is not asked. MAD tests this as well but
 * trains on every next token. Sequences are filled up at the front. The parts share no sequence.
 *
 * <p>In MAD's code the pair of the last question may be missing from a sequence; here it never is,
 * and so comes a little earlier.
 */
public final class FuzzyRecall implements TaskProvider<FuzzyRecall.Config> {
  /**
   * The parameters. Beside the preset {@code mad}, the baseline, MAD has {@code vocabulary} 32, 64
   * and 128, {@code length} 256, 512 and 1024, and {@code train} 6400, 3200, 1600 and 800.
   *
   * @param vocabulary keys, values, the symbol that fills up and the one that announces {@link
   *     Questions#LAST}: to 65536
   * @param keyMotif the longest key in symbols: 1 to half the keys and values
   * @param valueMotif the longest value in symbols: as for keys
   * @param length of sequences: four times the longest pair to 100000, at least 16
   * @param questions which values are asked for
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      int vocabulary,
      int keyMotif,
      int valueMotif,
      int length,
      Questions questions,
      int train,
      int validation,
      int test) {
    /** Checks all ranges. */
    public Config {
      InContextRecall.Config.checkVocabulary(vocabulary, 1, questions);
      int keys = InContextRecall.ordinary(vocabulary - 1, questions) / 2;
      checkMotif("keyMotif", keyMotif, keys);
      checkMotif("valueMotif", valueMotif, keys);
      int shortest = Math.max(16, 4 * (keyMotif + valueMotif));
      if (length < shortest || length > 100_000) {
        throw new IllegalArgumentException(
            "length is %d, expected %d to 100000: four times the longest pair, and 16"
                .formatted(length, shortest));
      }
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }

    private static void checkMotif(String name, int motif, int symbols) {
      if (motif < 1 || motif > symbols) {
        throw new IllegalArgumentException(
            "%s is %d, expected 1 to %d: half the keys and values, as no symbol comes twice"
                .formatted(name, motif, symbols));
      }
    }
  }

  /** For ServiceLoader. */
  public FuzzyRecall() {}

  @Override
  public String id() {
    return "fuzzy-recall";
  }

  @Override
  public String summary() {
    return "in-context-recall with keys and values of several symbols";
  }

  @Override
  public Config defaults() {
    return small();
  }

  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("small", small());
    presets.put("mad", new Config(16, 3, 3, 128, Questions.SHOWN, 12_800, 1_280, 1_280));
    return presets;
  }

  private static Config small() {
    return new Config(9, 2, 2, 32, Questions.HIDDEN, 20_000, 500, 1_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    Questions questions = config.questions();
    int ordinary = InContextRecall.ordinary(config.vocabulary() - 1, questions);
    RecallSymbols symbols = RecallSymbols.of(ordinary, 0, questions, true);
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    return new DrawnTask(
        symbols.vocabulary(),
        new Drawing(sizes, CounterRandom.seeded(seed), new FuzzyGenerator(config, symbols)),
        new Difficulty("symbols asked", example -> example.asked().length));
  }
}
