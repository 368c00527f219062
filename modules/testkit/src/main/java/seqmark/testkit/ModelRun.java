package seqmark.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.compute.CounterRandom;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.SourceWriter;
import seqmark.nn.Sources;
import seqmark.nn.State;
import seqmark.nn.Step;

/** Runs a model's graphs on given ids, for tests: slow, nothing is kept. */
final class ModelRun {
  private final SequenceModel model;
  private final Session session;
  private final int features;

  /**
   * A model in a session.
   *
   * @param features width of its sources' feature vectors, 0 for none
   */
  ModelRun(SequenceModel model, Session session, int features) {
    this.model = model;
    this.session = session;
    this.features = features;
  }

  /**
   * The teacher-forced forward pass.
   *
   * @param source ids per sequence, of any lengths; padded to {@code sourceLength}
   * @param input decoder inputs per sequence, of one length
   * @return logits {@code [B][T * V]}
   */
  float[][] logits(float[][] source, int sourceLength, float[][] input) {
    Graph g = new Graph(false);
    Batch batch = Batch.inputs(g, source.length, sourceLength, input[0].length, features);
    Value logits = g.output(model.logits(g, batch));
    Program program = session.compile(g);
    fill(program, batch.source(), source);
    program.write(batch.input(), padded(input, input[0].length));
    program.run();
    return rows(read(program, logits), source.length);
  }

  /** The same logits through {@link SequenceModel#begin} and repeated steps in one graph each. */
  float[][] steppedLogits(float[][] source, int sourceLength, float[][] input) {
    Graph g = new Graph(false);
    Source inputs = Source.inputs(g, source.length, sourceLength, features);
    State state = model.begin(g, inputs);
    List<Value> tokens = new ArrayList<>();
    List<Value> logits = new ArrayList<>();
    for (int t = 0; t < input[0].length; t++) {
      Value token = g.input("token." + t, source.length);
      Step step = model.step(g, state, token);
      tokens.add(token);
      logits.add(g.output(step.logits()));
      state = step.next();
    }
    Program program = session.compile(g);
    fill(program, inputs, source);
    for (int t = 0; t < tokens.size(); t++) {
      int column = t;
      float[][] ids =
          Arrays.stream(input).map(row -> new float[] {row[column]}).toArray(float[][]::new);
      program.write(tokens.get(t), padded(ids, 1));
    }
    program.run();
    float[][][] steps =
        logits.stream().map(v -> rows(read(program, v), source.length)).toArray(float[][][]::new);
    return beside(steps);
  }

  /** The gradient, by parameter, of a loss whose targets are the inputs themselves. */
  Map<String, float[]> gradients(float[][] source, int sourceLength, float[][] input) {
    Graph g = new Graph(false);
    Batch batch = Batch.inputs(g, source.length, sourceLength, input[0].length, features);
    Value ones = Ops.fill(g, 1, batch.input().shape());
    Value losses = Ops.crossEntropy(model.logits(g, batch), batch.input(), ones, 0);
    List<Value> gradients = Gradients.of(Ops.sum(losses), g.parameters());
    gradients.forEach(g::output);
    Program program = session.compile(g);
    fill(program, batch.source(), source);
    program.write(batch.input(), padded(input, input[0].length));
    program.run();
    Map<String, float[]> byParameter = new LinkedHashMap<>();
    for (int i = 0; i < gradients.size(); i++) {
      byParameter.put(g.parameters().get(i).name(), read(program, gradients.get(i)));
    }
    return byParameter;
  }

  private void fill(Program program, Source inputs, float[][] source) {
    int[][] tokens = new int[source.length][];
    for (int b = 0; b < source.length; b++) {
      tokens[b] = new int[source[b].length];
      for (int i = 0; i < tokens[b].length; i++) {
        tokens[b][i] = (int) source[b][i];
      }
    }
    new SourceWriter(inputs).write(program, withFeatures(features, tokens));
  }

  /** Sources with feature vectors that depend on token and place alone. */
  static Sources withFeatures(int width, int[]... tokens) {
    if (width == 0) {
      return Sources.of(tokens);
    }
    return new Sources(
        tokens, Arrays.stream(tokens).map(row -> features(width, row)).toList(), List.of());
  }

  private static float[][] features(int width, int[] row) {
    float[][] rows = new float[row.length][width];
    for (int i = 0; i < row.length; i++) {
      for (int f = 0; f < width; f++) {
        rows[i][f] = (float) CounterRandom.seeded(row[i]).fork(i).normal(f);
      }
    }
    return rows;
  }

  private static float[] padded(float[][] rows, int length) {
    float[] flat = new float[rows.length * length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * length, rows[i].length);
    }
    return flat;
  }

  private static float[] read(Program program, Value value) {
    float[] data = new float[value.shape().size()];
    program.read(value, data);
    return data;
  }

  private static float[][] rows(float[] flat, int count) {
    int width = flat.length / count;
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return rows;
  }

  private static float[][] beside(float[][][] steps) {
    int width = steps[0][0].length;
    float[][] rows = new float[steps[0].length][steps.length * width];
    for (int t = 0; t < steps.length; t++) {
      for (int b = 0; b < rows.length; b++) {
        System.arraycopy(steps[t][b], 0, rows[b], t * width, width);
      }
    }
    return rows;
  }
}
