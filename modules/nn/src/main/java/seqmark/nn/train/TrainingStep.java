package seqmark.nn.train;

import static seqmark.compute.Ops.crossEntropy;
import static seqmark.compute.Ops.divide;
import static seqmark.compute.Ops.sum;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seqmark.compute.CounterRandom;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.MemoryPlan;
import seqmark.compute.Node;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.compute.op.Update;
import seqmark.nn.Batch;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;

/**
 * One step of training: forward, backward, clipping, update, as one graph per shape of batch.
 *
 * <p>The loss is the mean cross-entropy per target token of the batch, the end token included. A
 * step depends on nothing but the session's values, the recipe, the step's number and the batch, so
 * that a resumed run repeats itself to the last bit.
 */
public final class TrainingStep {
  /** The most shapes whose programs are kept; a program is a few hundred kilobytes. */
  private static final int SHAPES = 512;

  private final SequenceModel model;
  private final Session session;
  private final Recipe recipe;
  private final ProgramCache<Extents, Compiled> programs =
      new ProgramCache<>(SHAPES, this::compile);

  /** What a step reports. */
  public record Report(double loss, double gradientNorm, int tokens) {
    /** Whether loss and gradients are still numbers. */
    public boolean finite() {
      return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }
  }

  private record Traced(Graph graph, Batch batch, Value rates, Value loss, Value norm) {}

  private record Compiled(
      Graph graph,
      Program program,
      BatchWriter writer,
      Value rates,
      Value loss,
      Value norm,
      float[] numbers) {}

  /**
   * Prepares training; nothing is traced yet.
   *
   * @param session where parameters and optimizer state live
   */
  public TrainingStep(SequenceModel model, Session session, Recipe recipe) {
    this.model = model;
    this.session = session;
    this.recipe = recipe;
  }

  /**
   * Trains on one batch.
   *
   * @param step counts from 0
   * @param targets ids without special tokens, one per source
   * @return the loss in nats per token (with label smoothing, if any) and the gradient's norm
   *     before clipping; not finite when training has diverged
   */
  public Report run(int step, Sources sources, int[][] targets) {
    Compiled c = programs.get(Extents.of(model, sources, targets));
    int tokens = c.writer().write(c.program(), sources, targets);
    recipe.optimizer().fillRates(c.numbers(), step, recipe.schedule().factor(step));
    c.program().write(c.rates(), c.numbers());
    if (c.graph().usesRandom()) {
      fillRandomKey(c.numbers(), step);
      c.program().write(c.graph().randomKey(), c.numbers());
    }
    c.program().run();
    return new Report(read(c, c.loss()), read(c, c.norm()), tokens);
  }

  /**
   * Looks for what made a step's numbers infinite or NaN, by doing it again in float64. Such a step
   * has changed no weights.
   *
   * @return the first node that turned finite operands into something else, with its line of model
   *     code; empty if float64 stays finite where float32 overflowed
   */
  public Optional<Node> firstNonFinite(int step, Sources sources, int[][] targets) {
    Compiled c = programs.get(Extents.of(model, sources, targets));
    c.writer().write(c.program(), sources, targets);
    Map<Value, double[]> given = new HashMap<>();
    c.writer().written().forEach((input, data) -> given.put(input, toDoubles(data)));
    c.graph().persistent().forEach((name, v) -> given.put(v, toDoubles(session.read(name))));
    recipe.optimizer().fillRates(c.numbers(), step, recipe.schedule().factor(step));
    given.put(c.rates(), toDoubles(c.numbers()));
    if (c.graph().usesRandom()) {
      fillRandomKey(c.numbers(), step);
      given.put(c.graph().randomKey(), toDoubles(c.numbers()));
    }
    return Reference.firstNonFinite(c.graph(), given);
  }

  private static double[] toDoubles(float[] floats) {
    double[] wide = new double[floats.length];
    Arrays.setAll(wide, i -> floats[i]);
    return wide;
  }

  private static double read(Compiled c, Value scalar) {
    c.program().read(scalar, c.numbers());
    return c.numbers()[0];
  }

  private void fillRandomKey(float[] numbers, int step) {
    long bits = CounterRandom.seeded(recipe.seed()).fork("dropout").bits(step);
    numbers[0] = bits >>> 40;
    numbers[1] = bits & 0xFFFFFF;
  }

  /**
   * The program of batches of this shape, to be measured: another run of it trains once more on the
   * batch that was written last.
   */
  public Program program(Extents extents) {
    return programs.get(extents).program();
  }

  /** What a step on batches of this shape needs; compiles it if that has not happened yet. */
  public Footprint footprint(Extents extents) {
    Compiled c = programs.get(extents);
    return new Footprint(
        c.graph().parameterCount(),
        c.graph().cost(),
        c.program().arenaBytes() + persistentBytes(c.graph()),
        c.program().referenceOps(),
        c.graph().print());
  }

  /**
   * Bytes that a step needs for parameters, optimizer state and step memory, at least: kernels may
   * need scratch memory beside. Nothing is allocated.
   */
  public static long bytes(SequenceModel model, Recipe recipe, Extents extents) {
    Graph graph = trace(model, recipe, extents).graph();
    return Float.BYTES * (long) new MemoryPlan(graph, node -> 0).arenaFloats()
        + persistentBytes(graph);
  }

  private static long persistentBytes(Graph graph) {
    return graph.persistent().values().stream()
        .mapToLong(v -> (long) v.shape().size() * Float.BYTES)
        .sum();
  }

  private Compiled compile(Extents e) {
    Traced t = trace(model, recipe, e);
    Program program = session.compile(t.graph());
    BatchWriter writer = new BatchWriter(t.batch(), e.labels());
    return new Compiled(t.graph(), program, writer, t.rates(), t.loss(), t.norm(), new float[3]);
  }

  private static Traced trace(SequenceModel model, Recipe recipe, Extents e) {
    Graph g = new Graph(true);
    Batch batch = e.inputs(g);
    Value losses =
        crossEntropy(
            e.logits(model, g, batch), batch.target(), batch.mask(), recipe.labelSmoothing());
    Value loss = g.output(divide(sum(losses), sum(batch.mask())).named("loss"));
    List<Value> gradients = Gradients.of(loss, g.parameters());
    List<Value> clipped =
        Ops.applyAll(new Update.ClipNorm(recipe.largestNorm()), gradients.toArray(Value[]::new));
    Value norm = g.output(clipped.get(0).named("gradient norm"));
    Value rates = g.input("rates", 3);
    recipe.optimizer().update(g, gradients, clipped.get(1), rates);
    return new Traced(g, batch, rates, loss, norm);
  }
}
