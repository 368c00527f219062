package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.harness.TrialResult.Status;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;
import seqmark.tasks.recall.Reverse;
import seqmark.tasks.recall.SequenceConfig;

/** The data of all seeds but the first are made at their trials' turn. */
class SeedsTest {
  @TempDir Path folder;

  /** A task whose data are what a test wants of a seed. */
  private record Drawn(LongFunction<Task> of) implements TaskProvider<SequenceConfig> {
    private static final SequenceConfig FEW =
        new SequenceConfig(4, List.of(1, 5), List.of(), 70, 20, 30);

    static Task reversed(long seed) {
      return new Reverse().create(FEW, seed, Path.of(""));
    }

    @Override
    public String id() {
      return "drawn";
    }

    @Override
    public String summary() {
      return "drawn";
    }

    @Override
    public SequenceConfig defaults() {
      return FEW;
    }

    @Override
    public Task create(SequenceConfig config, long seed, Path folder) {
      return of.apply(seed);
    }
  }

  private Experiment run(LongFunction<Task> data) {
    Registry registry =
        new Registry(
            Tiny.REGISTRY.models(),
            List.of(new Drawn(data)),
            Tiny.REGISTRY.backends(),
            List.of(),
            List.of());
    Tiny.config(folder, Tiny.CONFIG);
    List<String> overrides = List.of("tasks=[{task: drawn}]", "train.steps=1");
    ExperimentConfig config =
        ExperimentConfig.read(folder.resolve("config.yaml"), overrides, registry);
    RunOptions options = new RunOptions(folder.resolve("out"), "cpu", 1, 1);
    return new Runner(config, registry, options, p -> {}).run();
  }

  private static Task onlyOfTheFirstSeed(long seed, RuntimeException otherwise) {
    if (seed != 1) {
      throw otherwise;
    }
    return Drawn.reversed(seed);
  }

  @Test
  void dataThatCannotBeUsedEndTheRun() {
    IllegalArgumentException wrong = new IllegalArgumentException("no data");
    UserError e = assertThrows(UserError.class, () -> run(seed -> onlyOfTheFirstSeed(seed, wrong)));
    assertEquals("task drawn: no data", e.getMessage());
    // What is made good goes on from there.
    List<TrialResult> trials = run(Drawn::reversed).trials();
    assertTrue(trials.stream().allMatch(t -> t.status() == Status.FINISHED));
  }

  @Test
  void aBugFailsItsTrialsAlone() {
    IllegalStateException bug = new IllegalStateException("broken");
    List<TrialResult> trials = run(seed -> onlyOfTheFirstSeed(seed, bug)).trials();
    assertEquals(
        List.of(Status.FINISHED, Status.FAILED, Status.FINISHED, Status.FAILED),
        trials.stream().map(TrialResult::status).toList());
    assertEquals("java.lang.IllegalStateException: broken", trials.getLast().message());
  }

  @Test
  void finishedTrialsMustHaveTheDataTheyBeganWith() {
    run(Drawn::reversed);
    UserError e =
        assertThrows(UserError.class, () -> run(seed -> Drawn.reversed(seed == 1 ? 1 : 3)));
    assertTrue(e.getMessage().contains("-2: its data are not those it began with"), e.getMessage());
  }
}
