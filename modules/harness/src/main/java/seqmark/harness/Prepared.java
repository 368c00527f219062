package seqmark.harness;

import java.util.List;
import java.util.stream.Collectors;
import seqmark.compute.Value;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.harness.ExperimentConfig.TaskEntry;
import seqmark.nn.SequenceModel;
import seqmark.nn.decode.Search;
import seqmark.tasks.Split;

/**
 * A trial with everything it works on.
 *
 * @param plan what it is
 * @param corpus its data
 * @param entry the model's settings, its width solved for the budget
 * @param model the model
 * @param parameters its trainable values, in the order of their creation
 */
record Prepared(
    Trial plan, Corpus corpus, ModelEntry<?> entry, SequenceModel model, List<Value> parameters) {

  /**
   * Solves for the width and checks that the data will do.
   *
   * @throws UserError if model, task and training settings do not go together
   */
  static Prepared of(Trial trial, Corpus corpus) {
    requireExamples(trial, corpus);
    ModelEntry<?> entry = trial.model();
    if (trial.budget() > 0) {
      requireFreeWidth(entry);
      entry = ParameterBudget.meet(entry, trial.task().label(), corpus.problem(), trial.budget());
    }
    List<Value> parameters =
        ParameterBudget.parameters(entry, trial.task().label(), corpus.problem());
    return new Prepared(trial, corpus, entry, entry.create(corpus.problem()), parameters);
  }

  /**
   * The first trial of a model on a task.
   *
   * @param model the model's label in the config
   * @param task the task's label in the config
   * @throws UserError if the config has no such model or task, listing those it has
   */
  static Prepared of(ExperimentConfig config, Registry registry, String model, String task) {
    ConfigReader reader = new ConfigReader(registry, config.folder());
    for (Trial trial : Trial.all(config, reader)) {
      if (trial.model().label().equals(model) && trial.task().label().equals(task)) {
        return of(trial, config, registry);
      }
    }
    throw new UserError(
        "the config has no model '"
            + model
            + "' on a task '"
            + task
            + "'; its models: "
            + config.models().stream().map(ModelEntry::label).collect(Collectors.joining(", "))
            + "; its tasks: "
            + config.tasks().stream().map(TaskEntry::label).collect(Collectors.joining(", ")));
  }

  /** With data of its own; a bug of a plug-in is told as such. */
  static Prepared of(Trial trial, ExperimentConfig config, Registry registry) {
    return new Blame(registry, trial)
        .during(() -> of(trial, Corpus.of(trial.task().create(trial.seed(), config.folder()))));
  }

  /** A width that the config gives and the budget overrides would be a silent surprise. */
  private static <C extends Record> void requireFreeWidth(ModelEntry<C> entry) {
    int usual = entry.provider().width(entry.provider().defaults());
    if (entry.width() != usual) {
      throw new UserError(
          "model "
              + entry.label()
              + ": its width is given ("
              + entry.width()
              + "), but budget.parameters solves for it; take one of them out");
    }
  }

  private static void requireExamples(Trial trial, Corpus corpus) {
    String task = "task " + trial.task().label();
    int train = corpus.of(Split.TRAIN).size();
    if (train < trial.train().batch()) {
      throw new UserError(
          "train.batch: "
              + trial.train().batch()
              + " is more than the "
              + train
              + " training examples of "
              + task);
    }
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      if (corpus.of(split).isEmpty()) {
        throw new UserError(task + " has no example in " + split);
      }
    }
  }

  String id() {
    return plan.id();
  }

  long parameterCount() {
    return ParameterBudget.count(parameters);
  }

  /** Greedy search, for validation. */
  Search greedy() {
    return Search.greedy(corpus.problem().maxTargetLength());
  }

  /** The search that the config asks for, for the test. */
  Search search() {
    return new Search(
        plan.decode().beam(), plan.decode().lengthPower(), corpus.problem().maxTargetLength());
  }
}
