package seqmark.tasks.fewshot;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.tasks.Check;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * Regression with few points (Finn et al. 2017, "MAML", section 5.1): K points of a sinusoid {@code
 * y = A sin(x - phase)} that no other source has, and one more x whose y is asked. A is uniform in
 * 0.1 to 5, the phase in 0 to pi, x in -5 to 5.
 *
 * <p>A position has the features x and y; the last one, whose token is {@code ?}, has 0 in place of
 * its y, and only there an answer counts in loss and metrics. The answer is one of equally wide
 * bins over -5 to 5, named by their centres; errors are measured between centres.
 *
 * <p>Points have no noise, and two of them fix the sinusoid unless they lie a multiple of pi apart.
 * Points never occur twice; all sources have the same tokens.
 */
public final class Sinusoid implements TaskProvider<Sinusoid.Config> {
  private static final int MOST_POINTS = 10_000;
  private static final int MOST_BINS = 1_000;

  /**
   * The parameters.
   *
   * @param points K: how many are shown
   * @param bins of answers
   * @param train how many sinusoids there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(int points, int bins, int train, int validation, int test) {
    /** Checks all ranges. */
    public Config {
      Check.within("points", points, 2, MOST_POINTS);
      Check.within("bins", bins, 2, MOST_BINS);
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public Sinusoid() {}

  @Override
  public String id() {
    return "sinusoid";
  }

  @Override
  public String summary() {
    return "a few points of a sinusoid: how high is it at another place?";
  }

  @Override
  public Config defaults() {
    return of(10);
  }

  /**
   * {@code maml-K} shows as many points as the paper; bins and the numbers of sinusoids are ours.
   */
  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    for (int points : new int[] {5, 10, 20}) {
      presets.put("maml-" + points, of(points));
    }
    presets.put("small", new Config(10, 16, 20_000, 500, 1_000));
    return presets;
  }

  private static Config of(int points) {
    return new Config(points, 64, 50_000, 1_000, 2_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    return new SinusoidGenerator(config).task(seed);
  }
}
