package seqmark.nn.decode;

import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.nn.Labeller;
import seqmark.nn.Source;
import seqmark.nn.SourceWriter;
import seqmark.nn.Sources;
import seqmark.nn.Tokens;

/** The most likely label at every position that is asked. */
final class LabelProgram {
  private final Program program;
  private final SourceWriter writer;
  private final Value logits;
  private final float[] data;

  LabelProgram(Labeller model, Session session, int batch, int length, int features) {
    Graph g = new Graph(false);
    Source source = Source.inputs(g, batch, length, features);
    logits = g.output(model.labels(g, source)); // [B, S, V]
    program = session.compile(g);
    writer = new SourceWriter(source);
    data = new float[logits.shape().size()];
  }

  void run(Sources sources) {
    writer.write(program, sources);
    program.run();
    program.read(logits, data);
  }

  /** The labels of a row at these positions. */
  Generated labels(int row, int[] asked) {
    int[] tokens = new int[asked.length];
    double logProbability = 0;
    for (int i = 0; i < asked.length; i++) {
      int start = (row * logits.shape().dim(1) + asked[i]) * logits.shape().dim(2);
      tokens[i] = best(start);
      logProbability -= logSum(start, data[start + tokens[i]]);
    }
    return new Generated(tokens, logProbability, Optional.empty());
  }

  private int best(int start) {
    int best = Tokens.FIRST;
    for (int id = best + 1; id < logits.shape().dim(2); id++) {
      best = data[start + id] > data[start + best] ? id : best;
    }
    return best;
  }

  /** The log of the sum of exponentials, relative to one of the logits. */
  private double logSum(int start, float relative) {
    double sum = 0;
    for (int id = 0; id < logits.shape().dim(2); id++) {
      sum += Math.exp((double) data[start + id] - relative);
    }
    return Math.log(sum);
  }
}
