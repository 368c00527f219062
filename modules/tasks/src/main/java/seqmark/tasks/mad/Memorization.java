package seqmark.tasks.mad;

import java.nio.file.Path;
import java.util.LinkedHashMap;
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
 * Keys whose values never stand in the source: a dictionary, drawn from the seed, is the same in
 * all sequences of all parts and has to be learned by heart (Poli et al. 2024, "memorization").
 *
 * <p>After every key comes a symbol where its value is asked; these positions count in loss and
 * metrics, in training as in test, as MAD does it. The parts share the dictionary but no sequence,
 * except where there are fewer than 256 different ones. That makes the test one of training data,
 * on purpose: nothing else could be known.
 */
public final class Memorization implements TaskProvider<Memorization.Config> {
  /**
   * The parameters. Beside the preset {@code mad}, the baseline, MAD has {@code vocabulary} 512,
   * 1024, 2048, 4096 and 8192.
   *
   * @param vocabulary keys, values and the symbol where a value is asked: 5 to 65536
   * @param length twice the number of keys in a sequence: even, 2 to 100000
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(int vocabulary, int length, int train, int validation, int test) {
    /** Checks all ranges. */
    public Config {
      if (vocabulary < 5 || vocabulary > 65_536) {
        throw new IllegalArgumentException(
            "vocabulary is %d, expected 5 to 65536: two keys, two values and the symbol that asks"
                .formatted(vocabulary));
      }
      if (length < 2 || length > 100_000 || length % 2 != 0) {
        throw new IllegalArgumentException(
            "length is " + length + ", expected an even number from 2 to 100000");
      }
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public Memorization() {}

  @Override
  public String id() {
    return "memorization";
  }

  @Override
  public String summary() {
    return "values of keys by a dictionary that is the same in all sequences";
  }

  @Override
  public Config defaults() {
    return small();
  }

  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("small", small());
    presets.put("mad", new Config(256, 32, 256, 1_280, 1_280));
    return presets;
  }

  private static Config small() {
    return new Config(64, 16, 2_000, 500, 1_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    CounterRandom random = CounterRandom.seeded(seed);
    int keys = (config.vocabulary() - 1) / 2;
    int values = config.vocabulary() - 1 - keys;
    Vocabulary symbols =
        new Vocabulary(
            Stream.of(numbered("k", keys), numbered("v", values), Stream.of("?"))
                .flatMap(s -> s)
                .toList(),
            " ");
    int[] dictionary = new Draws(random.fork("dictionary")).shuffled(values);
    int questions = config.length() / 2;
    boolean shared = Math.pow(keys, questions) < Drawing.DIVIDED_FROM;
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    return new DrawnTask(
        symbols,
        new Drawing(
            sizes,
            random.fork("sequences"),
            source -> shared,
            new MemorizationGenerator(keys, dictionary, questions)),
        Difficulty.SOURCE_LENGTH);
  }

  private static Stream<String> numbered(String letter, int count) {
    return IntStream.range(0, count).mapToObj(i -> letter + i);
  }
}
