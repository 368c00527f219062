package seqmark.model.conv;

import seqmark.nn.Setting;

/**
 * Settings of {@link ConvSeq2Seq}.
 *
 * @param hidden width of the vectors between convolutions
 * @param embedding width of embeddings, and of what attention compares
 * @param layers of the encoder and of the decoder
 * @param kernel how many positions a convolution sees, in the encoder around its own, in the
 *     decoder up to it
 * @param dropout rate on embeddings, on what convolutions read and before the output layer
 */
public record ConvSeq2SeqConfig(int hidden, int embedding, int layers, int kernel, double dropout) {
  /** What a config says that says nothing. */
  public static final ConvSeq2SeqConfig DEFAULTS = new ConvSeq2SeqConfig(128, 64, 3, 3, 0.1);

  /** Checks the settings. */
  public ConvSeq2SeqConfig {
    Setting.within(1, Setting.WIDEST, "hidden", hidden);
    Setting.within(1, Setting.WIDEST, "embedding", embedding);
    Setting.within(1, Setting.MOST, "layers", layers);
    Setting.odd(3, "kernel", kernel);
    Setting.rate("dropout", dropout);
  }

  ConvSeq2SeqConfig withHidden(int width) {
    return new ConvSeq2SeqConfig(width, embedding, layers, kernel, dropout);
  }
}
