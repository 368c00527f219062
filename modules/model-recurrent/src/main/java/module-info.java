import seqmark.model.recurrent.GruSeq2Seq;
import seqmark.model.recurrent.LstmSeq2Seq;
import seqmark.model.recurrent.RnnSeq2Seq;
import seqmark.nn.ModelProvider;

/** RNN, GRU and LSTM sequence-to-sequence models. */
module seqmark.model.recurrent {
  requires transitive seqmark.nn;

  exports seqmark.model.recurrent;

  provides ModelProvider with
      RnnSeq2Seq,
      GruSeq2Seq,
      LstmSeq2Seq;
}
