package seqmark.model.recurrent;

import seqmark.nn.layer.Cell;

/** Provides {@code gru-seq2seq}. */
public final class GruSeq2Seq implements Seq2SeqProvider {
  /** For ServiceLoader. */
  public GruSeq2Seq() {}

  @Override
  public String id() {
    return "gru-seq2seq";
  }

  @Override
  public String summary() {
    return "encoder–decoder of gated recurrent units (Cho et al. 2014), linked by a vector";
  }

  @Override
  public Cell.Kind cell() {
    return Cell.Kind.GRU;
  }
}
