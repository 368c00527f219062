package seqmark.nn.layer;

import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.SequenceModel;
import seqmark.nn.State;
import seqmark.nn.Step;

/**
 * A model with a recurrent {@link Decoder}: {@link #begin} reads the source, and the decoder does
 * the rest both for training and for generation.
 */
public interface EncoderDecoder extends SequenceModel {
  /** The decoder over the memory of a {@link State}. */
  Decoder decoder(Graph g, State state);

  @Override
  default Value logits(Graph g, Batch batch) {
    State first = begin(g, batch.source());
    return decoder(g, first).force(batch.input(), first.carry());
  }

  @Override
  default Step step(Graph g, State state, Value token) {
    return decoder(g, state).step(state, token);
  }
}
