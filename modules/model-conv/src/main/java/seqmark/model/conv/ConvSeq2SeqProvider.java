package seqmark.model.conv;

import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;

/** Provides {@code conv-seq2seq}. */
public final class ConvSeq2SeqProvider implements ModelProvider<ConvSeq2SeqConfig> {
  /** For ServiceLoader. */
  public ConvSeq2SeqProvider() {}

  @Override
  public String id() {
    return "conv-seq2seq";
  }

  @Override
  public String summary() {
    return "gated convolutions with attention in every decoder layer (Gehring et al. 2017)";
  }

  @Override
  public ConvSeq2SeqConfig defaults() {
    return ConvSeq2SeqConfig.DEFAULTS;
  }

  @Override
  public int width(ConvSeq2SeqConfig config) {
    return config.hidden();
  }

  @Override
  public ConvSeq2SeqConfig withWidth(ConvSeq2SeqConfig config, int width) {
    return config.withHidden(width);
  }

  @Override
  public SequenceModel create(ConvSeq2SeqConfig config, Problem problem) {
    return new ConvSeq2Seq(config, problem);
  }
}
