package seqmark.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import seqmark.harness.Registry;
import seqmark.nn.io.Tensor;
import seqmark.nn.train.Probe;

/**
 * All models, by the numbers of an independent implementation in PyTorch: logits, loss and the
 * gradient of every parameter, over ragged batches.
 */
class ParityTest {
  private static final Registry REGISTRY = Registry.builtIn();

  /** Largest difference over a tensor by its largest value: float32, and float64 of float32s. */
  private static final Map<String, Double> TOLERANCES = Map.of("cpu", 1e-4, "reference", 5e-6);

  /** So that zeros can be compared with zeros. */
  private static final double TINY = 1e-12;

  private static List<Fixture> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "parity"))) {
      return files.sorted().map(Fixture::read).toList();
    }
  }

  @Test
  void everyModelHasFixtures() throws IOException {
    Set<String> known = new TreeSet<>();
    REGISTRY.models().forEach(provider -> known.add(provider.id()));
    Set<String> checked = new TreeSet<>();
    fixtures().forEach(fixture -> checked.add(fixture.model()));
    assertEquals(known, checked);
  }

  @TestFactory
  Stream<DynamicTest> equalsPyTorch() throws IOException {
    return fixtures().stream()
        .flatMap(f ->
            TOLERANCES.keySet().stream()
                .sorted()
                .map(backend -> dynamicTest(f.name() + " " + backend, () -> check(f, backend))));
  }

  private static void check(Fixture fixture, String backend) {
    Probe probe = fixture.probe(REGISTRY, backend);
    assertSame(fixture.tensors("weights."), probe.weights());
    assertSame(fixture.tensors("batch."), probe.batch());

    Map<String, Tensor> found = fixture.withoutPadding(probe.outputs());
    Map<String, Tensor> expected = fixture.outputs();
    assertSameNames(expected, found);
    for (String name : expected.keySet()) {
      double difference = difference(name, found.get(name), expected.get(name));
      assertTrue(
          difference <= TOLERANCES.get(backend),
          name + ": differs from PyTorch by " + difference + " of its largest value");
    }
  }

  private static void assertSameNames(Map<String, Tensor> expected, Map<String, Tensor> found) {
    assertEquals(Set.of(), without(expected.keySet(), found.keySet()), "only PyTorch has");
    assertEquals(Set.of(), without(found.keySet(), expected.keySet()), "only Seqmark has");
  }

  private static Set<String> without(Set<String> names, Set<String> others) {
    Set<String> rest = new TreeSet<>(names);
    rest.removeAll(others);
    return rest;
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> found) {
    assertSameNames(expected, found);
    expected.forEach((name, t) -> {
      assertEquals(t.shape(), found.get(name).shape(), name);
      assertArrayEquals(t.values(), found.get(name).values(), name);
    });
  }

  private static double difference(String name, Tensor found, Tensor expected) {
    assertEquals(expected.shape(), found.shape(), name);
    double largest = TINY;
    double apart = 0;
    for (int i = 0; i < expected.values().length; i++) {
      largest = Math.max(largest, Math.abs(expected.values()[i]));
      apart = Math.max(apart, Math.abs((double) found.values()[i] - expected.values()[i]));
    }
    return apart / largest;
  }
}
