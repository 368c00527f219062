package seqmark.model.recurrent;

import seqmark.nn.Setting;

/**
 * Settings of {@link Seq2Seq}.
 *
 * @param hidden width of the encoder's and the decoder's state
 * @param embedding width of source and target embeddings
 * @param layers of the encoder and of the decoder
 * @param bidirectional whether the encoder reads in both directions, half of {@code hidden} each
 * @param dropout rate behind embeddings, between layers and before the output layer
 * @param reverseSource whether the source is read backwards (Sutskever et al. 2014, section 3.3)
 */
public record Seq2SeqConfig(
    int hidden,
    int embedding,
    int layers,
    boolean bidirectional,
    double dropout,
    boolean reverseSource) {
  /** What a config says that says nothing. */
  public static final Seq2SeqConfig DEFAULTS = new Seq2SeqConfig(128, 64, 1, false, 0.1, false);

  /** Checks the settings. */
  public Seq2SeqConfig {
    Setting.within(bidirectional ? 2 : 1, Setting.WIDEST, "hidden", hidden);
    Setting.within(1, Setting.WIDEST, "embedding", embedding);
    Setting.within(1, Setting.MOST, "layers", layers);
    Setting.rate("dropout", dropout);
  }

  Seq2SeqConfig withHidden(int width) {
    return new Seq2SeqConfig(width, embedding, layers, bidirectional, dropout, reverseSource);
  }
}
