package seqmark.model.conv;

import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.Step;

/**
 * Convolutional sequence to sequence learning (Gehring, Auli, Grangier, Yarats and Dauphin 2017):
 * an encoder and a decoder of gated convolutions, and a look at the source in every layer of the
 * decoder.
 *
 * <p>As in the paper: blocks, attention, learned positions, where dropout stands, the start of all
 * parameters, and sums scaled so as to keep their variance. Of these the paper scales the residual
 * connections; here it is every sum of two vectors, those around attention too. Otherwise: weights
 * are not normalised, and the encoder's gradient is not divided by the number of looks at it, which
 * Adam would undo.
 *
 * @param config the settings
 * @param problem the task's extents
 */
public record ConvSeq2Seq(ConvSeq2SeqConfig config, Problem problem) implements SequenceModel {
  private Memory read(Graph g, Source source) {
    return ConvolutionEncoder.of(g, config, problem).apply(source);
  }

  private ConvolutionDecoder decoder(Graph g) {
    return ConvolutionDecoder.of(g, config, problem);
  }

  @Override
  public Value logits(Graph g, Batch batch) {
    return decoder(g).force(batch.input(), read(g, batch.source()));
  }

  @Override
  public State begin(Graph g, Source source) {
    return new State(read(g, source).kept(), decoder(g).start(g, source.batch()));
  }

  @Override
  public Step step(Graph g, State state, Value token) {
    return decoder(g).step(state, token);
  }
}
