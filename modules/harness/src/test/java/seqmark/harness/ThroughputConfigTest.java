package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.compute.Backend;
import seqmark.compute.Session;
import seqmark.harness.ThroughputConfig.Execution;
import seqmark.harness.ThroughputConfig.Measure;
import seqmark.harness.ThroughputConfig.Work;

class ThroughputConfigTest {
  private static final String SHORTEST = "name: t\nmodels:\n  - {model: lstm-seq2seq}\n";

  @TempDir Path folder;

  @Test
  void whatAConfigGetsThatSaysNothing() throws IOException {
    ThroughputConfig config = read(SHORTEST);
    int cores = Runtime.getRuntime().availableProcessors();
    assertEquals(new Execution("cpu", 0, 1, 128), config.backends().getFirst());
    assertTrue(config.backends().contains(new Execution("cpu", 0, 1, 0)));
    assertTrue(config.backends().contains(new Execution("cpu", 0, cores, 0)));
    assertTrue(config.backends().stream().noneMatch(e -> e.backend().equals("reference")));
    assertEquals(List.of(Work.values()), config.work());
    assertEquals(List.of(32), config.batch());
    assertEquals(Measure.DEFAULTS, config.measure());
  }

  @Test
  void itsYamlReadsAsTheSame() throws IOException {
    ThroughputConfig config =
        read(SHORTEST + "backends: [{backend: cpu, vectorBits: 256}]\nwork: [generation]\n");
    ThroughputConfig again = read(config.yaml());
    assertEquals(config.yaml(), again.yaml());
    assertEquals(config.backends(), again.backends());
    assertEquals(config.models().getFirst().options(), again.models().getFirst().options());
  }

  @Test
  void modelsAreTimedWithoutDropout() throws IOException {
    assertTrue(read(SHORTEST).models().getFirst().options().toString().contains("dropout=0.0"));
    assertError(
        "dropout: must be 0 or left out", "name: t\nmodels: [{model: luong, dropout: 0.1}]");
  }

  @Test
  void labelsTellBackendsApart() {
    assertEquals("cpu, 1 thread", new Execution("cpu", 0, 1, 0).label());
    assertEquals("cpu, 4 threads", new Execution("cpu", 0, 4, 0).label());
    assertEquals("cpu, 1 thread, 128-bit vectors", new Execution("cpu", 0, 1, 128).label());
    assertEquals("gpu:1", new Execution("gpu", 1, 1, 0).label());
  }

  /** So that a fork that times one backend never wakes another. */
  @Test
  void backendsThatAreNotNamedAreNotAsked() throws IOException {
    Backend sleeping =
        new Backend() {
          @Override
          public String name() {
            return "sleeping";
          }

          @Override
          public Optional<String> missing() {
            throw new AssertionError("woken");
          }

          @Override
          public Session open(long seed, int threads) {
            throw new AssertionError("woken");
          }
        };
    Registry all = Registry.builtIn();
    Registry registry =
        new Registry(
            all.models(),
            all.tasks(),
            Stream.concat(all.backends().stream(), Stream.of(sleeping)).toList(),
            all.plugins(),
            all.broken());
    Path file = Files.writeString(folder.resolve("c.yaml"), SHORTEST);
    List<String> own = List.of("backends=[{backend: 'cpu', device: 0, threads: 2, vectorBits: 0}]");
    assertEquals(
        List.of(new Execution("cpu", 0, 2, 0)),
        ThroughputConfig.read(file, own, registry).backends());
    assertThrows(AssertionError.class, () -> ThroughputConfig.read(file, List.of(), registry));
  }

  @Test
  void errorsSayWhereAndWhatWouldBeRight() throws IOException {
    assertError("line 4: unknown key 'lenght'; did you mean 'length'?", SHORTEST + "lenght: [3]\n");
    assertError("line 3: unknown model 'lstm'", "name: t\nmodels:\n  - {model: lstm}\n");
    assertError("length: must be in [2, 65536], found 1", SHORTEST + "length: [1]\n");
    assertError("batch: one entry stands there twice", SHORTEST + "batch: [4, 4]\n");
    assertError("work: needs at least one entry", SHORTEST + "work: []\n");
    assertError("did you mean 'training'?", SHORTEST + "work: [trainin]\n");
    assertError("vocabulary: must be in [5, 65536]", SHORTEST + "vocabulary: 3\n");
    assertError("iterations: must be at least 2", SHORTEST + "measure: {iterations: 1}\n");
    assertError(
        "line 4: unknown backend 'opencl'; known: ", SHORTEST + "backends: [{backend: opencl}]\n");
    assertError("device 3: ", SHORTEST + "backends: [{backend: cpu, device: 3}]\n");
    assertError("unknown key 'thread'", SHORTEST + "backends: [{backend: cpu, thread: 3}]\n");
    assertError(
        "vectorBits: must be 128", SHORTEST + "backends: [{backend: cpu, vectorBits: 9}]\n");
    assertError("expected letters, digits", "name: ../t\nmodels: [{model: luong}]\n");
  }

  private void assertError(String part, String text) {
    UserError error = assertThrows(UserError.class, () -> read(text));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  private ThroughputConfig read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("t.yaml"), text);
    return ThroughputConfig.read(file, List.of(), Registry.builtIn());
  }
}
