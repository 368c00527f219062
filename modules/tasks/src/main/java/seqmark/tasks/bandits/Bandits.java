package seqmark.tasks.bandits;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.tasks.Check;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * A history of pulls at a {@link Bandit}, and the question which arm is best: the one with the
 * highest mean chance in view of the history, the {@link Posterior}.
 *
 * <p>Every pull is one symbol that names the arm and what it paid, {@code 3+} or {@code 3-}; a
 * question mark ends the source, and only there an answer counts in loss and metrics. Of several
 * best arms any is right; the target is the first. The parts share no source.
 *
 * <p>This is the supervised half of the bandits of Mishra et al. 2017 (section 5.2.1), where models
 * play themselves.
 */
public final class Bandits implements TaskProvider<Bandits.Config> {
  private static final int MOST_ARMS = 1_000;
  private static final int MOST_PULLS = 100_000;

  /**
   * The parameters.
   *
   * @param arms of the machine
   * @param pulls in a history
   * @param policy who played
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(int arms, int pulls, Policy policy, int train, int validation, int test) {
    /** Checks all ranges. */
    public Config {
      Check.within("arms", arms, 2, MOST_ARMS);
      Check.within("pulls", pulls, 4, MOST_PULLS);
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public Bandits() {}

  @Override
  public String id() {
    return "bandits";
  }

  @Override
  public String summary() {
    return "pulls at a slot machine and what they paid: which arm looks best in the end?";
  }

  @Override
  public Config defaults() {
    return of(10, 100);
  }

  /**
   * {@code snail-ARMS-PULLS} are the machines and numbers of pulls of Mishra et al. 2017, section
   * 5.2.1; who played and the numbers of examples are ours.
   */
  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    for (int pulls : new int[] {10, 100, 500, 1_000}) {
      for (int arms : new int[] {5, 10, 50}) {
        if (pulls < 1_000 || arms == 50) {
          presets.put("snail-" + arms + "-" + pulls, of(arms, pulls));
        }
      }
    }
    presets.put("small", new Config(4, 16, Policy.RANDOM, 20_000, 500, 1_000));
    return presets;
  }

  private static Config of(int arms, int pulls) {
    return new Config(arms, pulls, Policy.EPSILON_GREEDY, 50_000, 1_000, 2_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    return new BanditsGenerator(config).task(seed);
  }
}
