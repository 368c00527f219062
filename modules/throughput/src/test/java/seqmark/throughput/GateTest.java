package seqmark.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seqmark.compute.Backend;
import seqmark.compute.Graph;
import seqmark.compute.Profile;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.harness.Registry;
import seqmark.harness.ThroughputConfig.Work;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;

/** The gate between a backend and the clock. */
class GateTest {
  private static final int VOCABULARY = 11;
  private static final Backend CPU = Registry.builtIn().backend("cpu");

  @ParameterizedTest
  @EnumSource(Work.class)
  void theCpuComputesWhatTheReferenceDoes(Work work) {
    for (String model : List.of("gru-seq2seq", "transformer")) {
      Facts facts = facts(model, work, CPU);
      assertTrue(facts.gate().green(), model + " " + facts.gate());
      assertTrue(facts.gate().worst() > 0, "compared with itself?");
      assertEquals(6, facts.gate().sequences());
      assertTrue(facts.flops() > 0 && facts.bytes() > 0 && facts.memoryBytes() > 0);
      assertFalse(facts.profiler());
    }
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void aSmallErrorInOneNumberIsSeen(Work work) {
    Gate gate = facts("gru-seq2seq", work, new Crooked(1.01f, false)).gate();
    assertFalse(gate.green());
    assertTrue(gate.where().contains("the float64 reference has"), gate.where());
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void noNumberIsSeen(Work work) {
    assertFalse(facts("gru-seq2seq", work, new Crooked(Float.NaN, false)).gate().green());
  }

  /** A step that repeats nothing would be the fastest of all. */
  @Test
  void aSecondStepThatDoesNothingIsSeen() {
    assertFalse(facts("gru-seq2seq", Work.TRAINING, new Crooked(1, true)).gate().green());
  }

  @Test
  void rowsOfTheBatchRepeat() {
    Sequences batch = Sequences.of(1, VOCABULARY, 6, 2, 5);
    assertEquals(6, batch.batch());
    for (int row = 0; row < 6; row++) {
      assertTrue(Arrays.equals(batch.sources()[row % 2], batch.sources()[row]));
    }
    assertFalse(Arrays.equals(batch.sources()[0], batch.sources()[1]));
    float[] twice = {1, 2, 1, 2};
    assertTrue(compare(twice, 1, 2).green());
    assertFalse(compare(new float[] {1, 2, 1, 3}, 1, 2).green());
    assertFalse(compare(new float[] {1, 2, 1}, 1, 2).green());
  }

  @Test
  void whatTheProfilerSaysIsAveraged() {
    try (Subject subject = subject("gru-seq2seq", Work.FORWARD, new Crooked(1, false))) {
      assertTrue(subject.facts().profiler());
      assertEquals(OptionalDouble.empty(), subject.facts().kernelNanos());
      subject.profile();
      subject.profile();
      assertEquals(OptionalDouble.of(500), subject.facts().kernelNanos());
      assertEquals(OptionalDouble.of(70), subject.facts().watts());
      subject.startCounting();
      assertEquals(OptionalDouble.empty(), subject.facts().kernelNanos());
    }
  }

  private static Gate compare(float[] actual, float... expected) {
    return Gate.compare(2, List.of(Output.of("x", actual)), List.of(Output.of("x", expected)));
  }

  private static Facts facts(String model, Work work, Backend backend) {
    try (Subject subject = subject(model, work, backend)) {
      return subject.facts();
    }
  }

  private static Subject subject(String model, Work work, Backend backend) {
    SequenceModel built =
        build(Registry.builtIn().model(model), Problem.of(VOCABULARY, VOCABULARY, 5, 5));
    Case of = new Case(model, backend.name(), work, 6, 5);
    return Subject.open(of, 6, built, backend, 1, 1, VOCABULARY);
  }

  private static <C extends Record> SequenceModel build(
      ModelProvider<C> provider, Problem problem) {
    C small = provider.withWidth(provider.defaults(), 8);
    return provider.create(small, problem);
  }

  /**
   * The CPU with an error: the first number of everything that is read is multiplied, or runs after
   * the first do nothing. It says to have a profiler.
   */
  private record Crooked(float factor, boolean lazy) implements Backend {
    @Override
    public String name() {
      return "crooked";
    }

    @Override
    public Session open(long seed, int threads) {
      return new CrookedSession(CPU.open(seed, threads), this);
    }
  }

  private record CrookedSession(Session straight, Crooked backend) implements Session {
    @Override
    public Program compile(Graph graph) {
      return new CrookedProgram(straight.compile(graph), backend);
    }

    @Override
    public Map<String, Shape> persistent() {
      return straight.persistent();
    }

    @Override
    public float[] read(String name) {
      return straight.read(name);
    }

    @Override
    public void write(String name, Shape shape, float[] values) {
      straight.write(name, shape, values);
    }

    @Override
    public void close() {
      straight.close();
    }
  }

  private static final class CrookedProgram implements Program {
    private final Program straight;
    private final Crooked backend;
    private int runs;

    CrookedProgram(Program straight, Crooked backend) {
      this.straight = straight;
      this.backend = backend;
    }

    @Override
    public void write(Value input, float[] data) {
      straight.write(input, data);
    }

    @Override
    public void run() {
      if (runs++ == 0 || !backend.lazy()) {
        straight.run();
      }
    }

    @Override
    public void read(Value output, float[] data) {
      straight.read(output, data);
      data[0] *= backend.factor();
    }

    @Override
    public long arenaBytes() {
      return straight.arenaBytes();
    }

    @Override
    public Optional<Profile> profile() {
      straight.run();
      return Optional.of(new Profile(500, OptionalDouble.of(70)));
    }
  }
}
