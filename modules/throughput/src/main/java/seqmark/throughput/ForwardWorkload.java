package seqmark.throughput;

import static seqmark.compute.Ops.crossEntropy;
import static seqmark.compute.Ops.divide;
import static seqmark.compute.Ops.sum;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.compute.Cost;
import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.SequenceModel;
import seqmark.nn.Tokens;

/** Teacher-forced logits: the tokens go in, the loss comes out. */
final class ForwardWorkload implements Workload {
  private final Graph graph = new Graph(false);
  private final Map<Value, float[]> inputs = new LinkedHashMap<>();
  private final Value logits;
  private final Value loss;
  private final Program program;

  ForwardWorkload(SequenceModel model, Session session, Sequences sequences) {
    int length = sequences.length();
    Batch batch = Batch.inputs(graph, sequences.batch(), length, length, 0);
    logits = graph.output(model.logits(graph, batch));
    Value losses = crossEntropy(logits, batch.target(), batch.mask(), 0);
    loss = graph.output(divide(sum(losses), sum(batch.mask())).named("loss"));
    program = session.compile(graph);
    fill(batch, sequences);
  }

  private void fill(Batch batch, Sequences sequences) {
    int length = sequences.length();
    float[] source = new float[sequences.batch() * length];
    float[] input = new float[source.length];
    float[] target = new float[source.length];
    float[] ones = new float[source.length];
    Arrays.fill(ones, 1);
    for (int b = 0; b < sequences.batch(); b++) {
      int start = b * length;
      input[start] = Tokens.BOS;
      target[start + length - 1] = Tokens.EOS;
      for (int t = 0; t < length; t++) {
        source[start + t] = sequences.sources()[b][t];
        if (t < length - 1) {
          input[start + t + 1] = sequences.targets()[b][t];
          target[start + t] = sequences.targets()[b][t];
        }
      }
    }
    inputs.put(batch.source().tokens(), source);
    inputs.put(batch.source().mask(), ones);
    inputs.put(batch.input(), input);
    inputs.put(batch.target(), target);
    inputs.put(batch.mask(), ones);
  }

  @Override
  public void step() {
    inputs.forEach(program::write);
    program.run();
    program.scalar(loss);
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public List<Output> outputs() {
    float[] all = new float[logits.shape().size()];
    program.read(logits, all);
    return List.of(Output.of("loss", program.scalar(loss)), Output.of("logits", all));
  }

  @Override
  public Cost cost() {
    return graph.cost();
  }

  @Override
  public long memoryBytes() {
    return Memory.bytes(graph, program);
  }
}
