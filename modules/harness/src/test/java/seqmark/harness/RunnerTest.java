package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.harness.TrialResult.Status;
import seqmark.nn.ModelProvider;

class RunnerTest {
  @TempDir Path folder;

  @Test
  void keepsEverythingOfATrial() throws IOException {
    Path out = folder.resolve("out");
    Experiment ran = Tiny.run(Tiny.config(folder, Tiny.CONFIG), out);
    Experiment read = Results.read(out);
    // As JSON, because arrays of attention weights have no equality of their own.
    assertEquals(
        ConfigBinder.MAPPER.writeValueAsString(ran), ConfigBinder.MAPPER.writeValueAsString(read));
    assertEquals(
        List.of(
            "reverse-lstm-seq2seq-1",
            "reverse-lstm-seq2seq-2",
            "reverse-bahdanau-1",
            "reverse-bahdanau-2"),
        read.trials().stream().map(TrialResult::id).toList());
    TrialResult trial = read.trials().getLast();
    assertEquals(List.of(4, 8, 12), trial.curve().stream().map(p -> p.step()).toList());
    assertEquals(30, trial.buckets().stream().mapToInt(b -> b.examples()).sum());
    assertEquals(8, trial.attention().size());
    assertEquals(20, trial.samples().size());
    assertTrue(trial.parameters() > 0 && trial.peakBytes() > 4 * 3 * trial.parameters());
    assertEquals("cpu", read.provenance().get("backend"));
    assertTrue(read.provenance().get("device").endsWith(", CPU"), read.provenance()::toString);
    String json = Files.readString(out.resolve(Results.SUMMARY));
    assertTrue(json.contains(trial.weightsHash()) && json.contains("reverse-bahdanau-2"), json);
    assertEquals(2, Statistics.rows(read).size());
    assertEquals(2, Statistics.rows(read).getFirst().metrics().get("exact").count());
  }

  @Test
  void allModelsSeeTheSameData() {
    Experiment ran = Tiny.run(Tiny.config(folder, Tiny.CONFIG, "train.steps=1"), folder);
    assertEquals(2, ran.trials().stream().map(TrialResult::dataHash).distinct().count(), "seeds");
    assertEquals(ran.trials().get(0).dataHash(), ran.trials().get(2).dataHash());
  }

  @Test
  void refusesTheResultsOfAnotherConfig() {
    Tiny.run(Tiny.config(folder, Tiny.CONFIG, "train.steps=1"), folder.resolve("out"));
    ExperimentConfig other = Tiny.config(folder, Tiny.CONFIG, "train.steps=2", "seeds=[3]");
    UserError e = assertThrows(UserError.class, () -> Tiny.run(other, folder.resolve("out")));
    assertTrue(
        e.getMessage()
            .contains(
                "has the results of another config: seeds was [1,2] and is [3]; train.steps was 1"
                    + " and is 2"),
        e.getMessage());
  }

  @Test
  void aTrialThatDivergesIsMarkedAndOthersGoOn() {
    ExperimentConfig config =
        Tiny.config(
            folder,
            Tiny.CONFIG,
            "grid={train.optimizer.adamw.lr: [1e30, 1e-2]}",
            "train.clip=0",
            "seeds=[1]");
    Experiment ran = Tiny.run(config, folder.resolve("out"));
    assertEquals(
        List.of(Status.DIVERGED, Status.FINISHED, Status.DIVERGED, Status.FINISHED),
        ran.trials().stream().map(TrialResult::status).toList());
    assertTrue(ran.trials().getFirst().message().startsWith("training diverged at step "));
    assertEquals(1, ran.trials().stream().map(TrialResult::dataHash).distinct().count());
    // Only the setting that finished can be chosen.
    assertEquals(2, Statistics.rows(ran).stream().filter(Statistics.Row::chosen).count());
  }

  @Test
  void stopsEarlyWhenNothingImproves() {
    ExperimentConfig config =
        Tiny.config(
            folder,
            Tiny.CONFIG,
            "train={steps: 1000, optimizer: {adamw: {lr: 1e-12}}, batch: 8, evaluateEvery: 1,"
                + " patience: 3}",
            "seeds=[1]");
    for (TrialResult trial : Tiny.run(config, folder.resolve("out")).trials()) {
      assertEquals(trial.bestStep() + 3, trial.steps());
    }
  }

  @Test
  void truncatedAndForeignCheckpointsAreToldInOneLine() throws IOException {
    ExperimentConfig config = Tiny.config(folder, Tiny.CONFIG, "seeds=[1]");
    Path out = folder.resolve("out");
    Tiny.run(config, out);
    Path best = out.resolve("checkpoints/reverse-bahdanau-1/best.safetensors");
    byte[] whole = Files.readAllBytes(best);
    Files.write(best, Arrays.copyOf(whole, whole.length - 10));
    assertUnusable(out, best);
    Files.copy(
        out.resolve("checkpoints/reverse-lstm-seq2seq-1/best.safetensors"),
        best,
        StandardCopyOption.REPLACE_EXISTING);
    assertUnusable(out, best);
    Files.writeString(best, "not a checkpoint at all, but some text of some length");
    assertUnusable(out, best);
    Files.delete(best);
    assertUnusable(out, best);
  }

  @Test
  void aTruncatedCheckpointIsNotTrainedOnFrom() throws IOException {
    ExperimentConfig config = Tiny.config(folder, Tiny.CONFIG, "seeds=[1]");
    Path out = folder.resolve("out");
    AtomicReference<Runner> runner = new AtomicReference<>();
    runner.set(Tiny.runner(config, out, 1, 1, p -> stopAfter(4, p, runner.get())));
    assertEquals(Status.OPEN, runner.get().run().trials().getFirst().status());
    Path last = out.resolve("checkpoints/reverse-lstm-seq2seq-1/last.safetensors");
    byte[] whole = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOf(whole, whole.length - 10));
    UserError e = assertThrows(UserError.class, () -> Tiny.run(config, out));
    assertTrue(e.getMessage().startsWith("checkpoint " + last), e.getMessage());
  }

  private static void stopAfter(int step, Progress progress, Runner runner) {
    if (progress.step() >= step) {
      runner.stop();
    }
  }

  private static void assertUnusable(Path out, Path checkpoint) {
    UserError e =
        assertThrows(
            UserError.class, () -> Predictor.open(out, "reverse-bahdanau-1", Tiny.REGISTRY, "cpu"));
    assertTrue(e.getMessage().startsWith("checkpoint " + checkpoint), e.getMessage());
    assertTrue(e.getMessage().contains("delete the folder "), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void checkpointsOfAnotherConfigAreNotUsed() throws IOException {
    Path out = folder.resolve("out");
    Tiny.run(Tiny.config(folder, Tiny.CONFIG, "seeds=[1]"), out);
    Files.delete(out.resolve(Results.FILE));
    ExperimentConfig other = Tiny.config(folder, Tiny.CONFIG, "seeds=[1]", "train.steps=13");
    UserError e = assertThrows(UserError.class, () -> Tiny.run(other, out));
    assertTrue(e.getMessage().contains("is of another config or of other data"), e.getMessage());
  }

  @Test
  void aTrialThatFailsIsMarkedAndOthersGoOn() {
    List<ModelProvider<?>> models = new ArrayList<>(Tiny.REGISTRY.models());
    models.add(new BrokenModel());
    Registry registry =
        new Registry(models, Tiny.REGISTRY.tasks(), Tiny.REGISTRY.backends(), List.of(), List.of());
    Path file = folder.resolve("config.yaml");
    Tiny.config(folder, Tiny.CONFIG);
    ExperimentConfig config =
        ExperimentConfig.read(
            file, List.of("models=[{model: broken}, {model: bahdanau}]", "seeds=[1]"), registry);
    RunOptions options = new RunOptions(folder.resolve("out"), "cpu", 1, 1);
    Experiment ran = new Runner(config, registry, options, p -> {}).run();
    assertEquals(
        List.of(Status.FAILED, Status.FINISHED),
        ran.trials().stream().map(TrialResult::status).toList());
    assertEquals("java.lang.IllegalStateException: broken", ran.trials().getFirst().message());
  }

  @Test
  void batchesLargerThanTheDataAreRefused() {
    ExperimentConfig config = Tiny.config(folder, Tiny.CONFIG, "train.batch=71");
    UserError e = assertThrows(UserError.class, () -> Tiny.run(config, folder.resolve("out")));
    assertEquals(
        "train.batch: 71 is more than the 70 training examples of task reverse", e.getMessage());
  }

  @Test
  void damagedResultsAreToldInOneLine() throws IOException {
    Files.writeString(
        folder.resolve(Results.FILE), "no database at all, but a text file ".repeat(9));
    UserError e = assertThrows(UserError.class, () -> Results.read(folder));
    assertTrue(e.getMessage().contains("is damaged or no results file"), e.getMessage());
    e = assertThrows(UserError.class, () -> Results.read(folder.resolve("nowhere")));
    assertTrue(e.getMessage().contains("has no results"), e.getMessage());
  }
}
