package seqmark.model.snail;

import java.util.Locale;
import seqmark.nn.Setting;

/**
 * Settings of {@link Snail}.
 *
 * @param hidden how much all blocks together append to the embeddings, shared out among them in the
 *     proportions of the paper, at least 1 each; over the 26 positions of its 5-way 5-shot tasks
 *     the paper's 128 filters per convolution make 1696
 * @param embedding width of source and target embeddings
 * @param parts which kinds of block it has; the paper's has both
 * @param dropout rate behind the embeddings and on what each block appends; the paper has none
 */
public record SnailConfig(int hidden, int embedding, Parts parts, double dropout) {
  /** What a config says that says nothing. */
  public static final SnailConfig DEFAULTS = new SnailConfig(512, 64, Parts.BOTH, 0);

  /** Which kinds of block a net has. */
  public enum Parts {
    /** Attention blocks and temporal convolutions. */
    BOTH,
    /** Temporal convolutions alone. */
    TC,
    /** Attention blocks alone. */
    ATTENTION;

    boolean convolve() {
      return this != ATTENTION;
    }

    boolean attend() {
      return this != TC;
    }

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the settings. */
  public SnailConfig {
    Setting.within(1, Setting.WIDEST, "hidden", hidden);
    Setting.within(1, Setting.WIDEST, "embedding", embedding);
    Setting.rate("dropout", dropout);
  }

  SnailConfig withHidden(int width) {
    return new SnailConfig(width, embedding, parts, dropout);
  }
}
