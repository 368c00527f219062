package seqmark.tasks.mad;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Check;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Drawing;
import seqmark.tasks.DrawnTask;
import seqmark.tasks.Example;
import seqmark.tasks.Sizes;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * {@link InContextRecall} with noise: some pairs are two symbols that mean nothing (Poli et al.
 * 2024, "noisy in-context recall").
 *
 * <p>What counts in loss and metrics, and how MAD differs, is as in {@link InContextRecall}. The
 * parts share no sequence.
 */
public final class NoisyRecall implements TaskProvider<NoisyRecall.Config> {
  /**
   * The parameters. Beside the preset {@code mad}, the baseline, MAD has {@code vocabulary} 48, 80
   * and 144, {@code length} 256, 512 and 1024, {@code noise} 0.4, 0.6 and 0.8, and {@code train}
   * 6400, 3200, 1600 and 800.
   *
   * @param vocabulary keys, values and noise together: 4 more than {@code noiseVocabulary} to 65536
   * @param noiseVocabulary how many symbols of these are noise: 1 or more
   * @param noise the share of pairs that are noise: 0 to below 1; one pair never is
   * @param length twice the number of pairs, the last question included: even, 16 to 100000
   * @param questions which values are asked for
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      int vocabulary,
      int noiseVocabulary,
      double noise,
      int length,
      Questions questions,
      int train,
      int validation,
      int test) {
    /** Checks all ranges. */
    public Config {
      if (noiseVocabulary < 1 || noiseVocabulary > 60_000) {
        throw new IllegalArgumentException(
            "noiseVocabulary is " + noiseVocabulary + ", expected 1 to 60000");
      }
      InContextRecall.Config.checkVocabulary(vocabulary, noiseVocabulary, questions);
      if (!(noise >= 0 && noise < 1)) {
        throw new IllegalArgumentException("noise is " + noise + ", expected 0 to below 1");
      }
      InContextRecall.Config.checkLength(length);
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public NoisyRecall() {}

  @Override
  public String id() {
    return "noisy-recall";
  }

  @Override
  public String summary() {
    return "in-context-recall among symbols that mean nothing";
  }

  @Override
  public Config defaults() {
    return small();
  }

  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("small", small());
    presets.put("mad", new Config(32, 16, 0.2, 128, Questions.SHOWN, 12_800, 1_280, 1_280));
    return presets;
  }

  private static Config small() {
    return new Config(16, 8, 0.2, 32, Questions.HIDDEN, 20_000, 500, 1_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    Questions questions = config.questions();
    int ordinary =
        InContextRecall.ordinary(config.vocabulary() - config.noiseVocabulary(), questions);
    RecallSymbols symbols = RecallSymbols.of(ordinary, config.noiseVocabulary(), questions, false);
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    RecallGenerator generator =
        new RecallGenerator(symbols, questions, config.length() / 2, config.noise());
    return new DrawnTask(
        symbols.vocabulary(),
        new Drawing(sizes, CounterRandom.seeded(seed), generator),
        new Difficulty("noise (symbols)", example -> noise(symbols, example)));
  }

  private static int noise(RecallSymbols symbols, Example example) {
    int count = 0;
    for (int id : example.source()) {
      count += id >= symbols.noise(0) && id < symbols.noise(symbols.noise()) ? 1 : 0;
    }
    return count;
  }
}
