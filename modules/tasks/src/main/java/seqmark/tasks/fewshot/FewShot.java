package seqmark.tasks.fewshot;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.tasks.Check;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * Classification with few examples (Mishra et al. 2017, "SNAIL", section 5.1): N classes that no
 * other source has, K examples of each with their labels in any order, and one more example whose
 * label is asked.
 *
 * <p>An example is a feature vector beside a token, its label; the last one's token is {@code ?},
 * and only there an answer counts in loss and metrics. Instead of pictures, a class has a prototype
 * with normal elements of variance 1, and its examples are the prototype and noise. A query that is
 * not nearest to the mean of its own class's examples is drawn again, so that whoever compares with
 * these means is always right.
 *
 * <p>Features never occur twice. Labels without features, of which there can be few, do, and say
 * nothing: every label occurs K times.
 */
public final class FewShot implements TaskProvider<FewShot.Config> {
  private static final int MOST = 1_000;
  private static final int LARGEST = 10_000_000;
  private static final double LOUDEST = 10;

  /**
   * The parameters.
   *
   * @param ways N: how many classes there are
   * @param shots K: how many labelled examples each of them has
   * @param dimensions of the feature vectors
   * @param noise standard deviation of an example's elements about its class's prototype
   * @param train how many episodes there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      int ways, int shots, int dimensions, double noise, int train, int validation, int test) {
    /** Checks all ranges. */
    public Config {
      Check.within("ways", ways, 2, MOST);
      Check.within("shots", shots, 1, MOST);
      Check.within("dimensions", dimensions, 1, MOST);
      long numbers = (long) ways * shots * dimensions;
      if (numbers > LARGEST) {
        throw new IllegalArgumentException(
            "dimensions is %d, expected at most %d: an episode of %d ways and %d shots has up to %d numbers"
                .formatted(dimensions, LARGEST / (ways * shots), ways, shots, LARGEST));
      }
      if (!(noise > 0 && noise <= LOUDEST)) {
        throw new IllegalArgumentException(
            "noise is " + noise + ", expected above 0 and at most " + LOUDEST);
      }
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public FewShot() {}

  @Override
  public String id() {
    return "few-shot";
  }

  @Override
  public String summary() {
    return "feature vectors with labels, and one without: to which of these classes does it belong?";
  }

  @Override
  public Config defaults() {
    return of(5, 1);
  }

  /** N and K are the paper's; vectors in place of its pictures are ours, and so are all sizes. */
  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("5-way-1-shot", of(5, 1));
    presets.put("5-way-5-shot", of(5, 5));
    presets.put("20-way-1-shot", of(20, 1));
    presets.put("20-way-5-shot", of(20, 5));
    presets.put("small", new Config(4, 1, 4, 0.1, 20_000, 500, 1_000));
    return presets;
  }

  private static Config of(int ways, int shots) {
    return new Config(ways, shots, 16, 0.5, 50_000, 1_000, 2_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    return new FewShotGenerator(config).task(seed);
  }
}
