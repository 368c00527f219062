package seqmark.model.memory;

import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.slice;

import java.util.Optional;
import java.util.function.Function;
import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.Step;

/**
 * A model made of a {@link Network}.
 *
 * @param form extents and encodings
 * @param network the net in a graph
 */
record MemoryModel(Form form, Function<Graph, Network> network) implements SequenceModel {
  @Override
  public Value logits(Graph g, Batch batch) {
    Network net = network.apply(g);
    Story story = net.read(batch.source());
    return net.answer(story, new Written.Forced(batch.input())).logits(); // [B, T, V]
  }

  @Override
  public State begin(Graph g, Source source) {
    return new State(
        network.apply(g).read(source).memory(),
        Written.Stepped.start(g, source.batch(), form.capacity()));
  }

  @Override
  public Step step(Graph g, State state, Value token) {
    Story story = Story.of(state);
    Written.Stepped written = Written.Stepped.of(state, token);
    Network.Answer answer = network.apply(g).answer(story, written);
    int batch = token.shape().dim(0);
    int slots = story.mask().shape().dim(1);
    Value weights = reshape(slice(answer.weights(), 2, 0, slots), batch, slots);
    return new Step(
        reshape(answer.logits(), batch, form.problem().targetVocabulary()),
        written.next(state),
        Optional.of(story.spread(weights, form)));
  }
}
