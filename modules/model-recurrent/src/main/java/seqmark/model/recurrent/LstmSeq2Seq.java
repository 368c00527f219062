package seqmark.model.recurrent;

import seqmark.nn.layer.Cell;

/** Provides {@code lstm-seq2seq}. */
public final class LstmSeq2Seq implements Seq2SeqProvider {
  /** For ServiceLoader. */
  public LstmSeq2Seq() {}

  @Override
  public String id() {
    return "lstm-seq2seq";
  }

  @Override
  public String summary() {
    return "encoder–decoder of LSTMs (Sutskever et al. 2014), linked by a vector";
  }

  @Override
  public Cell.Kind cell() {
    return Cell.Kind.LSTM;
  }
}
