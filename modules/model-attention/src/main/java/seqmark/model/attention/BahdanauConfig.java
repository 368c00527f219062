package seqmark.model.attention;

import seqmark.nn.Setting;
import seqmark.nn.layer.Cell;

/**
 * Settings of {@link Bahdanau}.
 *
 * @param hidden width of the decoder's state and of the encoder's annotations, which the two
 *     directions share half and half
 * @param embedding width of source and target embeddings
 * @param attention width of the alignment model's hidden layer; 0 for half of {@code hidden}
 * @param layers of the encoder and of the decoder
 * @param cell the recurrence; the paper uses GRU, LSTM learns faster
 * @param dropout rate behind embeddings, between layers and on the readout; not on annotations,
 *     which would blur where to look
 */
public record BahdanauConfig(
    int hidden, int embedding, int attention, int layers, Cell.Kind cell, double dropout) {
  /** What a config says that says nothing. */
  public static final BahdanauConfig DEFAULTS =
      new BahdanauConfig(128, 64, 0, 1, Cell.Kind.LSTM, 0.1);

  /** Checks the settings. */
  public BahdanauConfig {
    Setting.within(2, Setting.WIDEST, "hidden", hidden);
    Setting.within(1, Setting.WIDEST, "embedding", embedding);
    Setting.within(0, Setting.WIDEST, "attention", attention);
    Setting.within(1, Setting.MOST, "layers", layers);
    Setting.rate("dropout", dropout);
  }

  /** The width of the alignment model's hidden layer. */
  int alignment() {
    return attention == 0 ? hidden / 2 : attention;
  }

  BahdanauConfig withHidden(int width) {
    return new BahdanauConfig(width, embedding, attention, layers, cell, dropout);
  }
}
