package seqmark.model.attention;

import java.util.Locale;
import seqmark.nn.Setting;
import seqmark.nn.layer.Cell;

/**
 * Settings of {@link Luong}.
 *
 * @param hidden width of the encoder's and the decoder's state
 * @param embedding width of source and target embeddings
 * @param layers of the encoder and of the decoder
 * @param bidirectional whether the encoder reads in both directions, half of {@code hidden} each;
 *     the paper's does not
 * @param cell the recurrence; the paper uses LSTM
 * @param dropout rate behind embeddings, between layers and on the attentional state
 * @param score how a source position is scored
 * @param window which source positions are scored
 * @param radius D: a local window reaches this far to both sides
 * @param inputFeeding whether the attentional state is part of the next step's input
 */
public record LuongConfig(
    int hidden,
    int embedding,
    int layers,
    boolean bidirectional,
    Cell.Kind cell,
    double dropout,
    Score score,
    Window window,
    int radius,
    boolean inputFeeding) {
  /** What a config says that says nothing. */
  public static final LuongConfig DEFAULTS =
      new LuongConfig(
          128, 64, 1, false, Cell.Kind.LSTM, 0.1, Score.GENERAL, Window.GLOBAL, 5, true);

  /** How a source position is scored; section 3.1, equation 8. */
  public enum Score {
    /** {@code h · s}. */
    DOT,
    /** {@code h · W s}. */
    GENERAL,
    /** {@code v · tanh(W [h; s])}. */
    CONCAT,
    /** {@code W h}, one score per position whatever stands there. */
    LOCATION;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which source positions are scored; sections 3.1 and 3.2. */
  public enum Window {
    /** All. */
    GLOBAL,
    /** Those around the position of the target token. */
    LOCAL_M,
    /** Those around a predicted position. */
    LOCAL_P;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Checks the settings. */
  public LuongConfig {
    Setting.within(bidirectional ? 2 : 1, Setting.WIDEST, "hidden", hidden);
    Setting.within(1, Setting.WIDEST, "embedding", embedding);
    Setting.within(1, Setting.MOST, "layers", layers);
    Setting.rate("dropout", dropout);
    Setting.within(1, Setting.MOST, "radius", radius);
  }

  LuongConfig withHidden(int width) {
    return new LuongConfig(
        width,
        embedding,
        layers,
        bidirectional,
        cell,
        dropout,
        score,
        window,
        radius,
        inputFeeding);
  }
}
