package seqmark.nn.decode;

import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.SourceWriter;
import seqmark.nn.Sources;
import seqmark.nn.State;

/** Reads sources of one shape and leaves the first state on the host. */
final class BeginProgram {
  private final Program program;
  private final State state;
  private final SourceWriter writer;

  BeginProgram(SequenceModel model, Session session, int batch, int length, int features) {
    Graph g = new Graph(false);
    Source source = Source.inputs(g, batch, length, features);
    state = model.begin(g, source);
    state.memory().forEach(g::output);
    state.carry().forEach(g::output);
    program = session.compile(g);
    writer = new SourceWriter(source);
  }

  void run(Sources sources) {
    writer.write(program, sources);
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
