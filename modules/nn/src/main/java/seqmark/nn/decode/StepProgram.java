package seqmark.nn.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.Loss;
import seqmark.nn.SequenceModel;
import seqmark.nn.State;
import seqmark.nn.Step;

/**
 * One step of generation for a fixed number of rows. The carry stays where the program has it, but
 * where rows go on from others'.
 */
final class StepProgram {
  private final Program program;
  private final Value token;
  private final State state;
  private final Value logitsOut;
  private final Value logSumsOut;
  private final Optional<Value> attentionOut;
  private final List<Value> next = new ArrayList<>();
  private final float[] tokens;
  private final float[] logits;
  private final float[] logSums;
  private final float[] attention;
  private float[][] carry;
  private float[][] moved;

  /**
   * A step.
   *
   * @param showing whether to compute where the model looks
   */
  StepProgram(
      SequenceModel model,
      Session session,
      int rows,
      List<Shape> memory,
      List<Shape> carried,
      boolean showing) {
    Graph g = new Graph(false);
    token = g.input("token", rows);
    state = new State(inputs(g, "memory", rows, memory), inputs(g, "carry", rows, carried));
    Step step = model.step(g, state, token);
    logitsOut = g.output(step.logits());
    logSumsOut = g.output(logSums(step.logits()));
    for (int i = 0; i < state.carry().size(); i++) {
      next.add(g.carry(state.carry().get(i), step.next().carry().get(i)));
    }
    attentionOut = step.attention().filter(a -> showing);
    attentionOut.ifPresent(g::output);
    program = session.compile(g);
    tokens = new float[rows];
    logits = new float[logitsOut.shape().size()];
    logSums = new float[rows];
    attention = attentionOut.map(a -> new float[a.shape().size()]).orElse(null);
  }

  /** The logs of the softmax's denominators {@code [B]}, by an op that knows more. */
  private static Value logSums(Value logits) {
    Value none = Ops.zeros(logits.graph(), logits.shape().dim(0));
    return Ops.applyAll(new Loss.CrossEntropy(0), logits, none, none).get(1);
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
    List<float[]> carried = new ArrayList<>();
    for (int i = 0; i < state.carry().size(); i++) {
      carried.add(first.carry(i, times));
    }
    // Both programs share one arena: write only after everything has been read. The memory then
    // stays in place from step to step.
    for (int i = 0; i < memory.size(); i++) {
      program.write(state.memory().get(i), memory.get(i));
    }
    for (int i = 0; i < carried.size(); i++) {
      program.write(state.carry().get(i), carried.get(i));
    }
  }

  void token(int row, int id) {
    tokens[row] = id;
  }

  /** Runs one step of all rows. */
  void run() {
    program.write(token, tokens);
    program.run();
    program.read(logitsOut, logits);
    program.read(logSumsOut, logSums);
    attentionOut.ifPresent(a -> program.read(a, attention));
  }

  /** Lets every row go on from its own carry. */
  void follow() {
    for (int i = 0; i < next.size(); i++) {
      program.feed(next.get(i), state.carry().get(i));
    }
  }

  /** Lets every row go on from the carry of another one. */
  void follow(int[] parents) {
    if (carry == null) {
      carry = arrays(state.carry());
      moved = arrays(state.carry());
    }
    for (int i = 0; i < next.size(); i++) {
      program.read(next.get(i), carry[i]);
      int width = carry[i].length / parents.length;
      for (int row = 0; row < parents.length; row++) {
        System.arraycopy(carry[i], parents[row] * width, moved[i], row * width, width);
      }
    }
    // What is written may lie where another part of the carry was read.
    for (int i = 0; i < next.size(); i++) {
      program.write(state.carry().get(i), moved[i]);
    }
  }

  int vocabulary() {
    return logitsOut.shape().dim(1);
  }

  float logit(int row, int token) {
    return logits[row * vocabulary() + token];
  }

  /** The log of the softmax's denominator. */
  double logSum(int row) {
    return logSums[row];
  }

  /** Where a row looked; null if the model does not attend or nobody wants to know. */
  float[] attention(int row) {
    if (attention == null) {
      return null;
    }
    int length = attention.length / tokens.length;
    return Arrays.copyOfRange(attention, row * length, (row + 1) * length);
  }
}
