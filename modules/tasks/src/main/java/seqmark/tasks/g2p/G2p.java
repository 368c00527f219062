package seqmark.tasks.g2p;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * Letters to phonemes: the CMU Pronouncing Dictionary, all of it.
 *
 * <p>12,000 words are for testing, 2,670 for validation, the rest for training, by a hash of the
 * word, whatever the seed. A word is in one part with all its pronunciations; inflected forms of a
 * word are words of their own, as in the literature. Any pronunciation counts as right.
 */
public final class G2p implements TaskProvider<G2p.Config> {
  /** Which pronunciations of a training word become examples. */
  public enum Variants {
    /**
     * Each of them. Of two letter-to-phoneme models of interpolated letter windows, the one trained
     * so had 35.8% word error, the one trained on first ones 36.2%; it won 151 of the 250 test
     * words that only one of them got right.
     */
    ALL,
    /** The first of the dictionary: one answer a word. */
    FIRST;

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The parameters.
   *
   * @param train how many words to train on, 0 for all 111,376; fewer words are part of more words
   * @param variants which pronunciations of these words are shown
   * @param stress whether vowels carry their stress as a digit, which makes 69 phonemes of 39
   */
  public record Config(int train, Variants variants, boolean stress) {
    /** Checks {@code train}. */
    public Config {
      if (train < 0 || train > G2pTask.TRAIN) {
        throw new IllegalArgumentException(
            "train is %d, expected 1 to %d words, or 0 for all".formatted(train, G2pTask.TRAIN));
      }
    }
  }

  /** For ServiceLoader. */
  public G2p() {}

  @Override
  public String id() {
    return "g2p";
  }

  @Override
  public String summary() {
    return "letters to phonemes: all 126,046 words of CMUdict";
  }

  @Override
  public Config defaults() {
    return new Config(0, Variants.ALL, false);
  }

  /** {@code small}: a sixth of the dictionary, as much as a short run gets to see. */
  @Override
  public Map<String, Config> presets() {
    return Map.of("small", new Config(20_000, Variants.ALL, false));
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    return new G2pTask(config);
  }
}
