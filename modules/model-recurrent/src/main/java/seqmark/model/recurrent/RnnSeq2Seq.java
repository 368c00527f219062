package seqmark.model.recurrent;

import seqmark.nn.layer.Cell;

/** Provides {@code rnn-seq2seq}. */
public final class RnnSeq2Seq implements Seq2SeqProvider {
  /** For ServiceLoader. */
  public RnnSeq2Seq() {}

  @Override
  public String id() {
    return "rnn-seq2seq";
  }

  @Override
  public String summary() {
    return "encoder–decoder of simple recurrent nets (Elman 1990), linked by a vector";
  }

  @Override
  public Cell.Kind cell() {
    return Cell.Kind.RNN;
  }
}
