package seqmark.model.transformer;

import seqmark.nn.ModelProvider;

/** What the providers of this module share. */
sealed interface Provider extends ModelProvider<TransformerConfig>
    permits TransformerProvider, TransformerDecoderProvider, TransformerEncoderProvider {
  @Override
  default int width(TransformerConfig config) {
    return config.width();
  }

  @Override
  default TransformerConfig withWidth(TransformerConfig config, int width) {
    return config.withWidth(width);
  }

  @Override
  default TransformerConfig enlarged(TransformerConfig config, int by) {
    return config.enlarged(by);
  }
}
