package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seqmark.harness.TrialResult.Status;

class ResumeTest {
  @TempDir Path folder;
  private ExperimentConfig config;
  private List<Numbers> uninterrupted;

  /** What may not depend on interruptions, threads or jobs: everything but times. */
  record Numbers(
      String id,
      Status status,
      int steps,
      int bestStep,
      double flopsPerToken,
      long peakBytes,
      String weightsHash,
      String dataHash,
      Object metrics,
      Object intervals,
      Object losses,
      Object buckets,
      Object samples) {
    static List<Numbers> of(Experiment experiment) {
      return experiment.trials().stream().map(Numbers::of).toList();
    }

    private static Numbers of(TrialResult t) {
      List<?> losses =
          t.curve().stream()
              .map(p ->
                  List.of(p.step(), p.tokens(), p.trainLoss(), p.validationLoss(), p.metrics()))
              .toList();
      return new Numbers(
          t.id(),
          t.status(),
          t.steps(),
          t.bestStep(),
          t.flopsPerToken(),
          t.peakBytes(),
          t.weightsHash(),
          t.dataHash(),
          t.metrics(),
          t.intervals(),
          losses,
          t.buckets(),
          t.samples());
    }
  }

  /** What a killed process does: nothing at all. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void runUninterrupted() {
    config = Tiny.config(folder, Tiny.CONFIG, "seeds=[1]");
    uninterrupted = Numbers.of(Tiny.run(config, folder.resolve("a")));
    assertEquals(2, uninterrupted.size());
    assertTrue(uninterrupted.stream().allMatch(n -> n.status == Status.FINISHED));
  }

  @Test
  void theSameAgainIsTheSameToTheLastBit() {
    assertEquals(uninterrupted, Numbers.of(Tiny.run(config, folder.resolve("b"))));
  }

  @Test
  void neitherJobsNorThreadsMatter() {
    Experiment b = Tiny.runner(config, folder.resolve("b"), 2, 1, p -> {}).run();
    assertEquals(uninterrupted, Numbers.of(b));
    Experiment c = Tiny.runner(config, folder.resolve("c"), 1, 2, p -> {}).run();
    assertEquals(uninterrupted, Numbers.of(c));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void killedAtAnyMomentItGoesOn(int moment) {
    Path b = folder.resolve("b");
    AtomicInteger events = new AtomicInteger();
    Runner killed =
        Tiny.runner(
            config,
            b,
            1,
            1,
            p -> {
              if (events.incrementAndGet() > 2 + moment) { // The first two: waiting.
                throw new Killed();
              }
            });
    assertThrows(Killed.class, killed::run);
    assertEquals(uninterrupted, Numbers.of(Tiny.run(config, b)));
  }

  @Test
  void stoppedAgainAndAgainItGoesOn() {
    Path b = folder.resolve("b");
    Experiment last = null;
    for (int run = 0; run < 100 && (last == null || isOpen(last)); run++) {
      AtomicReference<Runner> runner = new AtomicReference<>();
      int allowed = 3 + run % 4;
      AtomicInteger events = new AtomicInteger();
      runner.set(
          Tiny.runner(
              config,
              b,
              1,
              1,
              p -> {
                if (events.incrementAndGet() > allowed) {
                  runner.get().stop();
                }
              }));
      last = runner.get().run();
    }
    assertEquals(uninterrupted, Numbers.of(last));
  }

  private static boolean isOpen(Experiment experiment) {
    return experiment.trials().stream().anyMatch(t -> t.status() == Status.OPEN);
  }

  @Test
  void whatIsFinishedIsNotRunAgain() {
    Tiny.runner(
            config,
            folder.resolve("a"),
            1,
            1,
            p -> assertEquals(Progress.Phase.FINISHED, p.phase()))
        .run();
  }
}
