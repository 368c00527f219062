package seqmark.tasks.recall;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
 * Multi-query associative recall (Arora et al. 2023, "Zoology"): pairs of key and value, then the
 * same keys again in gaps that follow a power law; at each of these the pair's value is asked.
 *
 * <p>Keys are the first half of the symbols, values the second. Only the repeated keys count in
 * loss and metrics. The parts share no sequence, except where there are fewer than 256 different
 * ones.
 */
public final class Mqar implements TaskProvider<Mqar.Config> {
  /** What stands between the repeated keys. */
  public enum Filler {
    /** A symbol of its own, so that what is asked can be seen. */
    BLANK,
    /** Any symbol at all, as in the sweeps of later papers and unlike figure 2. */
    RANDOM;

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The parameters. The presets are the four points of the paper's figure 2, from the settings in
   * its repository; the paper has no validation part, ours has 1,000 examples.
   *
   * @param vocabulary keys and values together
   * @param length of every sequence
   * @param pairs of key and value
   * @param power a in the density {@code a i^(a - 1)} of gaps: the smaller, the nearer a key is
   *     repeated to its pair; 0.000001 to 1
   * @param filler what stands between the repeated keys
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      int vocabulary,
      int length,
      int pairs,
      double power,
      Filler filler,
      int train,
      int validation,
      int test) {
    /** Checks all ranges. */
    public Config {
      if (vocabulary < 4 || vocabulary > 65_536 || vocabulary % 2 != 0) {
        throw new IllegalArgumentException(
            "vocabulary is " + vocabulary + ", expected an even number from 4 to 65536");
      }
      if (pairs < 1 || pairs > vocabulary / 2) {
        throw new IllegalArgumentException(
            "pairs is %d, expected 1 to %d: as many keys as half the vocabulary"
                .formatted(pairs, vocabulary / 2));
      }
      if (length < 4 * pairs || length > 100_000) {
        throw new IllegalArgumentException(
            "length is %d, expected %d to 100000: four times the pairs, for all pairs and a place for"
                    .formatted(length, 4 * pairs)
                + " each repeated key");
      }
      if (!(power >= 1e-6 && power <= 1)) {
        throw new IllegalArgumentException("power is " + power + ", expected 0.000001 to 1");
      }
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public Mqar() {}

  @Override
  public String id() {
    return "mqar";
  }

  @Override
  public String summary() {
    return "multi-query associative recall: which value came with this key?";
  }

  @Override
  public Config defaults() {
    return new Config(64, 64, 8, 0.01, Filler.BLANK, 20_000, 1_000, 2_000);
  }

  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("small", new Config(32, 32, 4, 0.01, Filler.BLANK, 20_000, 500, 1_000));
    presets.put("zoology-figure-2", figure2(64, 4));
    presets.put("zoology-figure-2-128", figure2(128, 8));
    presets.put("zoology-figure-2-256", figure2(256, 16));
    presets.put("zoology-figure-2-512", figure2(512, 64));
    return presets;
  }

  private static Config figure2(int length, int pairs) {
    return new Config(8192, length, pairs, 0.01, Filler.BLANK, 100_000, 1_000, 3_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    Vocabulary symbols = MqarGenerator.symbols(config.vocabulary());
    return task(symbols, config, CounterRandom.seeded(seed));
  }

  /** The task with these symbols, which several may share. */
  static Task task(Vocabulary symbols, Config config, CounterRandom random) {
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    MqarGenerator generator = new MqarGenerator(config);
    boolean shared = generator.sequences() < Drawing.DIVIDED_FROM;
    return new DrawnTask(
        symbols,
        new Drawing(sizes, random, source -> shared, generator),
        new Difficulty("pairs", example -> example.asked().length));
  }
}
