package seqmark.nn.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.SequenceModel;
import seqmark.nn.State;
import seqmark.nn.Step;

/** One step of generation for a fixed number of rows, with the carry kept on the host. */
final class StepProgram {
  private final Program program;
  private final Value token;
  private final State state;
  private final Step step;
  private final float[] tokens;
  private final float[][] carry;
  private final float[][] moved;
  private final float[] logits;
  private final float[] attention;

  StepProgram(
      SequenceModel model, Session session, int rows, List<Shape> memory, List<Shape> carried) {
    Graph g = new Graph(false);
    token = g.input("token", rows);
    state = new State(inputs(g, "memory", rows, memory), inputs(g, "carry", rows, carried));
    step = model.step(g, state, token);
    g.output(step.logits());
    step.next().carry().forEach(g::output);
    step.attention().ifPresent(g::output);
    program = session.compile(g);
    tokens = new float[rows];
    carry = arrays(state.carry());
    moved = arrays(state.carry());
    logits = new float[step.logits().shape().size()];
    attention = step.attention().map(a -> new float[a.shape().size()]).orElse(null);
  }

  private static List<Value> inputs(Graph g, String name, int rows, List<Shape> shapes) {
    List<Value> inputs = new ArrayList<>();
    for (Shape s : shapes) {
      inputs.add(g.input(name + "." + inputs.size(), s.with(0, rows).toArray()));
    }
    return inputs;
  }

  private static float[][] arrays(List<Value> values) {
    return values.stream().map(v -> new float[v.shape().size()]).toArray(float[][]::new);
  }

  /** Takes over the first state, every source in {@code times} rows. */
  void begin(BeginProgram first, int times) {
    List<float[]> memory = new ArrayList<>();
    for (int i = 0; i < state.memory().size(); i++) {
      memory.add(first.memory(i, times));
    }
    for (int i = 0; i < carry.length; i++) {
      System.arraycopy(first.carry(i, times), 0, carry[i], 0, carry[i].length);
    }
    // Both programs share one arena: write only after everything has been read. The memory then
    // stays in place from step to step.
    for (int i = 0; i < memory.size(); i++) {
      program.write(state.memory().get(i), memory.get(i));
    }
  }

  void token(int row, int id) {
    tokens[row] = id;
  }

  /** Runs one step of all rows. */
  void run() {
    program.write(token, tokens);
    for (int i = 0; i < carry.length; i++) {
      program.write(state.carry().get(i), carry[i]);
    }
    program.run();
    program.read(step.logits(), logits);
    for (int i = 0; i < carry.length; i++) {
      program.read(step.next().carry().get(i), carry[i]);
    }
    if (attention != null) {
      program.read(step.attention().orElseThrow(), attention);
    }
  }

  /** Lets every row go on from the carry of another one. */
  void follow(int[] parents) {
    for (int i = 0; i < carry.length; i++) {
      int width = carry[i].length / parents.length;
      for (int row = 0; row < parents.length; row++) {
        System.arraycopy(carry[i], parents[row] * width, moved[i], row * width, width);
      }
      System.arraycopy(moved[i], 0, carry[i], 0, moved[i].length);
    }
  }

  int vocabulary() {
    return step.logits().shape().dim(1);
  }

  float logit(int row, int token) {
    return logits[row * vocabulary() + token];
  }

  /** The log of the softmax's denominator. */
  double logSum(int row) {
    int from = row * vocabulary();
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + vocabulary(); i++) {
      max = Math.max(max, logits[i]);
    }
    double sum = 0;
    for (int i = from; i < from + vocabulary(); i++) {
      sum += Math.exp(logits[i] - max);
    }
    return max + Math.log(sum);
  }

  /** Where a row looked; null if the model does not attend. */
  float[] attention(int row) {
    Optional<Value> value = step.attention();
    if (value.isEmpty()) {
      return null;
    }
    int length = value.get().shape().dim(1);
    return Arrays.copyOfRange(attention, row * length, (row + 1) * length);
  }
}
