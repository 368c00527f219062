package seqmark.nn.decode;

import java.util.Arrays;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.Tokens;

/** Reads sources of one shape and leaves the first state on the host. */
final class BeginProgram {
  private final Program program;
  private final Source source;
  private final State state;
  private final float[] tokens;
  private final float[] mask;

  BeginProgram(SequenceModel model, Session session, int batch, int length) {
    Graph g = new Graph(false);
    source = new Source(g.input("source", batch, length), g.input("source.mask", batch, length));
    state = model.begin(g, source);
    state.memory().forEach(g::output);
    state.carry().forEach(g::output);
    program = session.compile(g);
    tokens = new float[batch * length];
    mask = new float[batch * length];
  }

  void run(int[][] sources) {
    Arrays.fill(tokens, Tokens.PAD);
    Arrays.fill(mask, 0);
    for (int b = 0; b < sources.length; b++) {
      for (int i = 0; i < sources[b].length; i++) {
        tokens[b * source.length() + i] = sources[b][i];
        mask[b * source.length() + i] = 1;
      }
    }
    program.write(source.tokens(), tokens);
    program.write(source.mask(), mask);
    program.run();
  }

  List<Shape> memoryShapes() {
    return state.memory().stream().map(Value::shape).toList();
  }

  List<Shape> carryShapes() {
    return state.carry().stream().map(Value::shape).toList();
  }

  /** A memory value with every row repeated. */
  float[] memory(int index, int times) {
    return repeated(state.memory().get(index), times);
  }

  /** A carry value with every row repeated. */
  float[] carry(int index, int times) {
    return repeated(state.carry().get(index), times);
  }

  private float[] repeated(Value value, int times) {
    float[] once = new float[value.shape().size()];
    program.read(value, once);
    if (times == 1) {
      return once;
    }
    int row = value.shape().sizeAfter(0);
    float[] all = new float[once.length * times];
    for (int i = 0; i < all.length / row; i++) {
      System.arraycopy(once, i / times * row, all, i * row, row);
    }
    return all;
  }
}
