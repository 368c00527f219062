package seqmark.harness;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.nn.Batch;
import seqmark.nn.Labeller;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Setting;
import seqmark.nn.Source;

/** Solves for the width with which a model has a given number of parameters. */
final class ParameterBudget {
  /** How far from the budget a model may be, as a fraction of it. */
  static final double TOLERANCE = 0.02;

  // Twice as wide, and a little more, is still a width that models take.
  private static final int WIDEST = Setting.WIDEST / 2 - 64;

  // Parameters do not depend on lengths, so the shortest trace will do.
  private static final int LENGTH = 2;

  private final ModelEntry<?> model;
  private final String task;
  private final Problem problem;
  private final long budget;
  private final TreeMap<Integer, Long> tried = new TreeMap<>();

  private ParameterBudget(ModelEntry<?> model, String task, Problem problem, long budget) {
    this.model = model;
    this.task = task;
    this.problem = problem;
    this.budget = budget;
  }

  /**
   * The model with the width that comes nearest to a budget.
   *
   * @param task the task's label, for errors
   * @throws UserError if no width is within {@link #TOLERANCE}, or the model cannot do the task
   */
  static ModelEntry<?> meet(ModelEntry<?> model, String task, Problem problem, long budget) {
    return new ParameterBudget(model, task, problem, budget).solve();
  }

  /**
   * The trainable values of a model.
   *
   * @throws UserError if it cannot do the task
   */
  static List<Value> parameters(ModelEntry<?> model, String task, Problem problem) {
    try {
      Graph graph = new Graph(false);
      int source = Math.min(LENGTH, problem.maxSourceLength());
      SequenceModel built = model.create(problem);
      if (problem.asks() && built instanceof Labeller labeller) {
        labeller.labels(graph, Source.inputs(graph, 1, source, problem.features()));
      } else {
        built.logits(graph, Batch.inputs(graph, 1, source, LENGTH, problem.features()));
      }
      return graph.parameters();
    } catch (IllegalArgumentException e) {
      throw new UserError("model " + model.label() + " on task " + task + ": " + e.getMessage(), e);
    }
  }

  /** More width means more parameters, so halving the interval finds the place. */
  private ModelEntry<?> solve() {
    int low = 0;
    int high = nextPossible(1);
    while (high <= WIDEST && tried.get(high) < budget) {
      low = high;
      high = nextPossible(2 * high);
    }
    while (high - low > 1) {
      int middle = nextPossible(low + (high - low) / 2);
      if (middle >= high) {
        high = low + (high - low) / 2;
      } else if (tried.get(middle) < budget) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return nearest();
  }

  /** The first width from here on that the model takes; its parameters are noted. */
  private int nextPossible(int from) {
    IllegalArgumentException refused = null;
    for (int width = from; width <= 2 * from + 64; width++) {
      try {
        ModelEntry<?> sized = model.withWidth(width);
        tried.put(width, count(parameters(sized, task, problem)));
        return width;
      } catch (IllegalArgumentException e) {
        refused = e;
      }
    }
    throw new UserError(
        "model " + model.label() + ": takes no width near " + from + ": " + refused.getMessage(),
        refused);
  }

  private ModelEntry<?> nearest() {
    int best = tried.firstKey();
    for (int width : tried.keySet()) {
      if (Math.abs(tried.get(width) - budget) < Math.abs(tried.get(best) - budget)) {
        best = width;
      }
    }
    return meets(tried.get(best)) ? model.withWidth(best) : betweenWidths(best);
  }

  /** Between the last width below the budget and the next, by a finer setting. */
  private ModelEntry<?> betweenWidths(int nearest) {
    int below = nearest;
    for (int width : tried.keySet()) {
      below = tried.get(width) < budget ? width : below;
    }
    ModelEntry<?> narrow = model.withWidth(below);
    long parameters = tried.get(below);
    for (int by = 1; parameters < budget; by++) {
      ModelEntry<?> larger = narrow.enlarged(by);
      if (larger.equals(narrow)) {
        break;
      }
      parameters = count(parameters(larger, task, problem));
      if (meets(parameters)) {
        return larger;
      }
    }
    throw new UserError(
        String.format(
            Locale.ROOT,
            "budget.parameters: no width gives model %s on task %s %,d parameters (within 2%%);"
                + " the nearest is width %d with %,d",
            model.label(),
            task,
            budget,
            nearest,
            tried.get(nearest)));
  }

  private boolean meets(long parameters) {
    return Math.abs(parameters - budget) <= TOLERANCE * budget;
  }

  static long count(List<Value> parameters) {
    return parameters.stream().mapToLong(p -> p.shape().size()).sum();
  }
}
