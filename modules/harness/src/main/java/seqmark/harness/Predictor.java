package seqmark.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import seqmark.compute.Session;
import seqmark.harness.TrialResult.Status;
import seqmark.nn.Problem;
import seqmark.nn.Sources;
import seqmark.nn.decode.Generated;
import seqmark.nn.decode.Generator;
import seqmark.tasks.Task;

/** A trained trial that answers typed input. */
public final class Predictor implements AutoCloseable {
  private final Task task;
  private final Problem problem;
  private final Session session;
  private final Generator generator;

  private Predictor(Prepared trial, Session session) {
    this.task = trial.corpus().task();
    this.problem = trial.corpus().problem();
    this.session = session;
    this.generator = new Generator(trial.model(), session, trial.search());
  }

  /**
   * What a trial makes of an input.
   *
   * @param output the output in readable form
   * @param attention where it looked, if the model attends
   */
  public record Prediction(String output, Optional<TrialResult.AttentionMap> attention) {}

  /**
   * Loads the best weights of a trial.
   *
   * @param folder an experiment's output folder
   * @param trial the trial's id
   * @throws UserError if there is no such trial (listing those there are) or no usable checkpoint
   */
  public static Predictor open(Path folder, String trial, Registry registry, String backend) {
    Experiment experiment = Results.read(folder);
    TrialResult result =
        experiment.trials().stream()
            .filter(t -> t.id().equals(trial))
            .findFirst()
            .orElseThrow(() -> unknown(folder, trial, experiment.trials()));
    boolean imported = result.status() == Status.FINISHED && result.steps() == 0;
    if (result.bestStep() == 0 && !imported) {
      throw new UserError(trial + ": is not trained yet: no validation so far");
    }
    ExperimentConfig config = Results.config(folder, registry);
    Prepared prepared = prepare(config, trial, registry);
    Session session = registry.backend(backend).open(prepared.plan().seed(), 1);
    try {
      new Checkpoints(folder, config, prepared).restoreBest(session, result.bestStep());
      return new Predictor(prepared, session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static Prepared prepare(ExperimentConfig config, String id, Registry registry) {
    for (Trial trial : Trial.all(config, new ConfigReader(registry, config.folder()))) {
      if (trial.id().equals(id)) {
        return Prepared.of(trial, config, registry);
      }
    }
    throw new IllegalStateException(id + ": its config has no such trial");
  }

  private static UserError unknown(Path folder, String trial, List<TrialResult> trials) {
    List<String> ids = trials.stream().map(TrialResult::id).toList();
    return new UserError(
        folder
            + ": has no trial '"
            + trial
            + "'"
            + Nearest.suggestion(trial, ids)
            + "; its trials: "
            + ids.stream().collect(Collectors.joining(", ")));
  }

  /**
   * The model's answer; in tasks that ask at source positions, that at the last one.
   *
   * @throws UserError if the input has a symbol that the task does not know, or is too long
   */
  public Prediction predict(String input) {
    if (task.features() > 0) {
      throw new UserError(
          "input '" + input + "': this task's sources have feature vectors, which cannot be typed");
    }
    int[] source;
    try {
      source = task.source().ids(input);
    } catch (IllegalArgumentException e) {
      throw new UserError("input '" + input + "': " + e.getMessage(), e);
    }
    if (source.length > problem.maxSourceLength()) {
      throw new UserError(
          "input '%s': has %d symbols, this trial was made for at most %d"
              .formatted(input, source.length, problem.maxSourceLength()));
    }
    Generated generated = generate(input, source);
    return new Prediction(
        task.target().text(generated.tokens()),
        generated
            .attention()
            .map(weights -> TestResult.map(task, source, generated))
            .filter(map -> !map.output().isEmpty()));
  }

  private Generated generate(String input, int[] source) {
    try {
      List<int[]> asked = problem.asks() ? List.of(new int[] {source.length - 1}) : List.of();
      return generator.generate(new Sources(new int[][] {source}, List.of(), asked)).getFirst();
    } catch (IllegalArgumentException e) {
      throw new UserError("input '" + input + "': " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
