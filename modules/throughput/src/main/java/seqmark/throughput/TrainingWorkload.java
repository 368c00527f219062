package seqmark.throughput;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import seqmark.compute.Cost;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;
import seqmark.nn.train.AdamW;
import seqmark.nn.train.Extents;
import seqmark.nn.train.Footprint;
import seqmark.nn.train.Recipe;
import seqmark.nn.train.Schedule;
import seqmark.nn.train.TrainingStep;

/** Steps of training: the tokens go in, loss and gradient norm come out. */
final class TrainingWorkload implements Workload {
  private static final double RATE = 1e-3;

  /**
   * With Adam's usual 1e-8 a gradient of nothing but rounding moves its weight by the whole rate,
   * one way or the other. So large, the update is a smooth function of the gradient, and can be
   * compared.
   */
  private static final double EPSILON = 1e-2;

  /** Errors of a tensor that is much smaller than its like are measured in this part of those. */
  private static final double SMALLEST_UNIT = 0.01;

  private final Session session;
  private final TrainingStep training;
  private final Extents extents;
  private final Sources sources;
  private final int[][] targets;
  private final Footprint footprint;
  private TrainingStep.Report report;

  TrainingWorkload(SequenceModel model, Session session, Sequences batch) {
    this.session = session;
    AdamW optimizer = new AdamW(RATE, 0.9, 0.999, EPSILON, 0.01);
    training =
        new TrainingStep(model, session, new Recipe(optimizer, new Schedule.Constant(), 1, 0, 1));
    sources = Sources.of(batch.sources());
    targets = batch.targets();
    extents = Extents.of(model, sources, targets);
    footprint = training.footprint(extents);
  }

  @Override
  public void step() {
    report = training.run(0, sources, targets);
  }

  @Override
  public Program program() {
    return training.program(extents);
  }

  /** Loss and norm, then the weights, then by way of Adam's moments the gradients. */
  @Override
  public List<Output> outputs() {
    Map<String, float[]> values = new HashMap<>();
    Map<String, Double> largest = new HashMap<>();
    for (String name : session.persistent().keySet()) {
      values.put(name, session.read(name));
      largest.merge(kind(name), Output.largest(values.get(name)), Math::max);
    }
    List<Output> outputs = new ArrayList<>();
    outputs.add(Output.of("loss", (float) report.loss()));
    outputs.add(Output.of("gradient norm", (float) report.gradientNorm()));
    for (String name : session.persistent().keySet()) {
      double least = SMALLEST_UNIT * largest.get(kind(name));
      double most = Output.largest(values.get(name));
      // A large weight is rounded as coarsely as it is large.
      double unit = kind(name).isEmpty() ? RATE * Math.max(1, most) : Math.max(least, most);
      outputs.add(new Output(name, values.get(name), unit));
    }
    return outputs;
  }

  /** Empty for weights, {@code adamw.m} and the like for state. */
  private static String kind(String name) {
    return name.substring(0, Math.max(0, name.indexOf('/')));
  }

  @Override
  public Cost cost() {
    return footprint.step();
  }

  @Override
  public long memoryBytes() {
    return footprint.peakBytes();
  }
}
