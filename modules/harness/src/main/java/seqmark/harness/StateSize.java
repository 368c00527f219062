package seqmark.harness;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.compute.Graph;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.nn.Problem;
import seqmark.nn.Source;
import seqmark.nn.State;

/**
 * What a model keeps for one sequence while it generates: what it has made of the source, and what
 * it carries from step to step.
 *
 * @param length tokens of the source, and room for as many of the target
 * @param bytes how much it keeps, as float32
 */
public record StateSize(int length, long bytes) {
  private static final int[] LENGTHS = {64, 1_024, 16_384};

  /** The state of a model for short, long and very long sequences. */
  static List<StateSize> of(ModelEntry<?> model, Problem problem) {
    return IntStream.of(LENGTHS).mapToObj(length -> at(length, model, problem)).toList();
  }

  private static StateSize at(int length, ModelEntry<?> model, Problem problem) {
    Graph g = new Graph(false);
    Source source = Source.inputs(g, 1, length, problem.features());
    State state = model.create(problem.withLengths(length, length)).begin(g, source);
    long floats =
        Stream.concat(state.memory().stream(), state.carry().stream())
            .mapToLong(v -> v.shape().size())
            .sum();
    return new StateSize(length, floats * Float.BYTES);
  }
}
