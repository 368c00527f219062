package seqmark.model.recurrent;

import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.layer.Cell;

/** What the providers of this module share: they differ in the cell. */
sealed interface Seq2SeqProvider extends ModelProvider<Seq2SeqConfig>
    permits RnnSeq2Seq, GruSeq2Seq, LstmSeq2Seq {
  /** The recurrence. */
  Cell.Kind cell();

  @Override
  default Seq2SeqConfig defaults() {
    return Seq2SeqConfig.DEFAULTS;
  }

  @Override
  default int width(Seq2SeqConfig config) {
    return config.hidden();
  }

  @Override
  default Seq2SeqConfig withWidth(Seq2SeqConfig config, int width) {
    return config.withHidden(width);
  }

  @Override
  default SequenceModel create(Seq2SeqConfig config, Problem problem) {
    return new Seq2Seq(cell(), config, problem);
  }
}
