package seqmark.nn.train;

import static seqmark.compute.Ops.crossEntropy;
import static seqmark.compute.Ops.divide;
import static seqmark.compute.Ops.sum;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;
import seqmark.nn.io.Tensor;

/**
 * Everything that goes into a step of training and everything that comes out, for comparison with
 * another implementation of the model. Dropout is off, there is no label smoothing, and nothing is
 * updated.
 *
 * @param weights by parameter
 * @param batch the inputs of {@link Batch} by their names in the graph; ids are whole numbers
 * @param outputs {@code logits} {@code [B, T, V]}, or {@code [B, S, V]} of a {@link
 *     seqmark.nn.Labeller} that labels; {@code loss} {@code []}, the mean cross-entropy in nats per
 *     target token; {@code grad.<parameter>}, the loss's gradient, for every parameter
 */
public record Probe(
    Map<String, Tensor> weights, Map<String, Tensor> batch, Map<String, Tensor> outputs) {
  /**
   * Runs one step on a batch, ids without special tokens.
   *
   * @param session where the weights are, or get their first values
   * @throws IllegalArgumentException if a parameter does not influence the loss
   */
  public static Probe of(SequenceModel model, Session session, Sources sources, int[][] targets) {
    Graph g = new Graph(false);
    Extents extents = Extents.of(model, sources, targets);
    Batch batch = extents.inputs(g);
    Map<String, Value> outputs = new LinkedHashMap<>();
    Value logits = extents.logits(model, g, batch);
    Value losses = crossEntropy(logits, batch.target(), batch.mask(), 0);
    Value loss = divide(sum(losses), sum(batch.mask()));
    outputs.put("logits", logits);
    outputs.put("loss", loss);
    List<Value> gradients = Gradients.of(loss, g.parameters());
    for (int i = 0; i < gradients.size(); i++) {
      outputs.put("grad." + g.parameters().get(i).name(), gradients.get(i));
    }
    outputs.values().forEach(g::output);
    Program program = session.compile(g);
    BatchWriter writer = new BatchWriter(batch, extents.labels());
    writer.write(program, sources, targets);
    program.run();
    Map<Value, float[]> written = writer.written();
    return new Probe(
        tensors(named(g.parameters()), p -> session.read(p.name())),
        tensors(named(g.inputs().stream().filter(written::containsKey).toList()), written::get),
        tensors(outputs, v -> read(program, v)));
  }

  private static Map<String, Value> named(List<Value> values) {
    Map<String, Value> named = new LinkedHashMap<>();
    values.forEach(v -> named.put(v.name(), v));
    return named;
  }

  private static Map<String, Tensor> tensors(
      Map<String, Value> values, Function<Value, float[]> data) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    values.forEach((name, v) -> tensors.put(name, new Tensor(v.shape(), data.apply(v))));
    return tensors;
  }

  private static float[] read(Program program, Value value) {
    float[] data = new float[value.shape().size()];
    program.read(value, data);
    return data;
  }
}
