package seqmark.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import seqmark.compute.Device;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.MemoryPlan;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.Update;

class TornadoSessionTest {
  /** More than a machine has room for at first. */
  private static final int MANY = 1 << 22;

  private static Session open() {
    return new Tornado().open(5, 1);
  }

  @Test
  void persistentValuesMoveToALargerMachine() {
    try (Session session = open()) {
      Graph small = new Graph(false);
      Value weights = small.parameter("weights", Init.normal(1), 7);
      Value twice = small.output(Ops.affine(weights, 2, 0));
      Program first = session.compile(small);
      first.run();
      float[] before = session.read("weights");
      Graph large = new Graph(false);
      Value sum = large.output(Ops.sum(Ops.affine(Ops.fill(large, 1, Shape.of(MANY)), 1, 0)));
      Program second = session.compile(large);
      second.run();
      assertEquals(MANY, second.scalar(sum));
      assertArrayEquals(before, session.read("weights"));
      first.run();
      float[] found = new float[7];
      first.read(twice, found);
      for (int i = 0; i < found.length; i++) {
        assertEquals(2 * before[i], found[i]);
      }
    }
  }

  @Test
  void aFactorThatIsNotANumberUpdatesNothing() {
    try (Session session = open()) {
      Graph g = new Graph(false);
      Value w = g.parameter("w", Init.normal(1), 9);
      Value gradient = g.input("gradient", 9);
      Value factor = Ops.applyAll(new Update.ClipNorm(1), gradient).get(1);
      Value rates = g.input("rates", 3);
      Value first = g.state("first", w.shape());
      Value second = g.state("second", w.shape());
      var adamw = new Update.AdamW(0.9f, 0.99f, 1e-6f, 0);
      Ops.applyAll(adamw, w, gradient, first, second, factor, rates);
      Program program = session.compile(g);
      float[] before = session.read("w");
      float[] broken = new float[9];
      broken[4] = Float.NaN;
      program.write(rates, new float[] {0.1f, 0.1f, 0.01f});
      program.write(gradient, broken);
      program.run();
      assertArrayEquals(before, session.read("w"));
      broken[4] = 1;
      program.write(gradient, broken);
      program.run();
      assertEquals(before[4] - 0.1f, session.read("w")[4], 1e-4f);
    }
  }

  @Test
  void aWrongIdUpdatesNothing() {
    try (Session session = open()) {
      Graph g = new Graph(false);
      Value w = g.parameter("w", Init.normal(1), 9);
      Value ids = g.input("ids", 1);
      g.output(Ops.lookup(g.parameter("table", Init.normal(1), 4, 2), ids));
      Value gradient = g.input("gradient", 9);
      Value rates = g.input("rates", 3);
      Value factor = Ops.applyAll(new Update.ClipNorm(1), gradient).get(1);
      var adamw = new Update.AdamW(0.9f, 0.99f, 1e-6f, 0.1f);
      Value first = g.state("first", w.shape());
      Value second = g.state("second", w.shape());
      Ops.applyAll(adamw, w, gradient, first, second, factor, rates);
      Program program = session.compile(g);
      float[] before = session.read("w");
      program.write(rates, new float[] {0.1f, 0.1f, 0.01f});
      program.write(gradient, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
      program.write(ids, new float[] {-1});
      assertThrows(IndexOutOfBoundsException.class, program::run);
      assertArrayEquals(before, session.read("w"));
      program.write(ids, new float[] {3});
      program.run();
      assertFalse(Arrays.equals(before, session.read("w")));
    }
  }

  /** As trials of --jobs 2 do. */
  @Test
  void sessionsOfSeveralThreadsDoNotDisturbEachOther() throws Exception {
    float[] expected = trained();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Callable<float[]> training = TornadoSessionTest::trained;
      for (Future<float[]> found : threads.invokeAll(Collections.nCopies(6, training))) {
        assertArrayEquals(expected, found.get());
      }
    }
  }

  private static float[] trained() {
    Graph g = new Graph(true);
    Value x = g.input("x", 40, 33);
    Value w = g.parameter("w", Init.normal(1), 33, 35);
    Value loss = g.output(Ops.sum(Ops.tanh(Ops.dense(x, w))));
    Value gradient = Gradients.of(loss, List.of(w)).getFirst();
    Value rates = g.input("rates", 3);
    Value factor = Ops.applyAll(new Update.ClipNorm(1), gradient).get(1);
    Value first = g.state("first", w.shape());
    Value second = g.state("second", w.shape());
    var adamw = new Update.AdamW(0.9f, 0.99f, 1e-6f, 0.1f);
    Ops.applyAll(adamw, w, gradient, first, second, factor, rates);
    try (Session session = open()) {
      Program program = session.compile(g);
      program.write(x, numbers(x));
      program.write(rates, new float[] {0.01f, 0.1f, 0.01f});
      for (int step = 0; step < 100; step++) {
        program.run();
      }
      return session.read("w");
    }
  }

  @Test
  void aWrongIdIsToldOnceAndLeavesNothingBehind() {
    try (Session session = open()) {
      Graph g = new Graph(false);
      Value ids = g.input("ids", 3);
      Value rows = g.output(Ops.lookup(g.parameter("table", Init.normal(1), 4, 2), ids));
      Program program = session.compile(g);
      program.write(ids, new float[] {0, 4, 1});
      var error = assertThrows(IndexOutOfBoundsException.class, program::run);
      assertTrue(error.getMessage().contains("token id 4"), error.getMessage());
      program.write(ids, new float[] {3, 2, 1});
      program.run();
      float[] found = new float[6];
      program.read(rows, found);
      float[] table = session.read("table");
      assertArrayEquals(new float[] {table[6], table[7]}, Arrays.copyOf(found, 2));
    }
  }

  @Test
  void aLayerAndItsFunctionAreOneLaunch() {
    Graph g = new Graph(false);
    Value x = g.input("x", 40, 33);
    Value layer = Ops.dense(x, g.input("w", 33, 35), g.input("b", 35));
    Value out = g.output(Ops.tanh(layer));
    float[] found = new float[out.shape().size()];
    float[] expected = found.clone();
    try (Session session = open();
        Session truth = new Reference().open(5, 1)) {
      run(g, session, out, found);
      run(g, truth, out, expected);
    }
    assertArrayEquals(expected, found, 1e-5f);
    MemoryPlan plan = new MemoryPlan(g, Lowerings::scratchFloats);
    Schedule schedule = new Schedule(new Places(new ConstantTable(), plan, Map.of(), 0));
    assertEquals(1, schedule.stages().size());
  }

  private static void run(Graph g, Session session, Value out, float[] found) {
    Program program = session.compile(g);
    for (Value v : g.inputs()) {
      program.write(v, numbers(v));
    }
    program.run();
    program.read(out, found);
  }

  private static float[] numbers(Value v) {
    float[] data = new float[v.shape().size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (i * 7 % 11 - 5) / 20f;
    }
    return data;
  }

  @Test
  void theProfilerTellsTheTimeInKernels() {
    try (Session session = open()) {
      Graph g = new Graph(false);
      Value x = g.input("x", 200, 300);
      Value out = g.output(Ops.sum(Ops.dense(x, g.input("w", 300, 100))));
      Program program = session.compile(g);
      g.inputs().forEach(v -> program.write(v, numbers(v)));
      program.run();
      float expected = program.scalar(out);
      long start = System.nanoTime();
      long kernels = program.profile().orElseThrow().kernelNanos();
      assertTrue(kernels > 0 && kernels < System.nanoTime() - start, "" + kernels);
      assertEquals(expected, program.scalar(out));
      program.run();
      assertEquals(expected, program.scalar(out));
    }
  }

  @Test
  void whatDoesNotFitIsToldBeforeTheFirstStep() {
    try (Session session = open()) {
      Graph g = new Graph(false);
      Value huge = g.input("huge", 1 << 14, 1 << 15);
      g.output(Ops.affine(huge, 1, 0));
      var error = assertThrows(IllegalStateException.class, () -> session.compile(g));
      assertTrue(error.getMessage().contains("memory plan needs 4.29 GB"), error.getMessage());
      assertTrue(error.getMessage().contains("make batch, length or model smaller"));
      assertTrue(new Tornado().room().bytes() <= huge.shape().size() * 8L);
    }
  }

  /** What is kept for programs of many shapes grows; then nothing has to come again. */
  @Test
  void instructionsOfManyProgramsFindRoom() {
    int nodes = 3_000;
    try (Session session = open()) {
      List<Program> programs = new ArrayList<>();
      List<Value> sums = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Graph g = new Graph(false);
        Value x = g.parameter("x", Init.constant(7), 3);
        for (int n = 0; n < nodes; n++) {
          x = Ops.affine(x, 1, 1);
        }
        sums.add(g.output(Ops.sum(x)));
        programs.add(session.compile(g));
      }
      long epoch = 0;
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < programs.size(); i++) {
          programs.get(i).run();
          assertEquals(3f * (7 + nodes), programs.get(i).scalar(sums.get(i)));
        }
        assertTrue(round < 2 || ((TornadoSession) session).epoch() == epoch, "thrown out again");
        epoch = ((TornadoSession) session).epoch();
      }
    }
  }

  /** An op of a plug-in. */
  private record Foreign() implements Op {
    @Override
    public String name() {
      return "foreign";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return in;
    }

    @Override
    public void reference(Node node, double[][] in, double[][] out) {
      System.arraycopy(in[0], 0, out[0], 0, in[0].length);
    }

    @Override
    public boolean runsByReference() {
      return true;
    }
  }

  @Test
  void anOpThatRunsByReferenceIsNamed() {
    try (Session session = open()) {
      Graph g = new Graph(false);
      g.output(Ops.apply(new Foreign(), g.input("x", 3)));
      var error = assertThrows(IllegalStateException.class, () -> session.compile(g));
      assertTrue(error.getMessage().contains("no kernel for op foreign"), error.getMessage());
      assertTrue(error.getMessage().contains("use the CPU backend"), error.getMessage());
    }
  }

  @Test
  void devicesHaveNumbers() {
    Tornado backend = new Tornado();
    assertTrue(backend.missing().isEmpty());
    Device first = backend.devices().getFirst();
    assertTrue(first.memoryBytes() > 0);
    assertTrue(first.type().matches(".+ by OPENCL \\(.+\\) through TornadoVM \\d.+"), first.type());
    assertTrue(backend.room().bytes() <= first.memoryBytes());
    assertTrue(backend.room().bytes() <= Runtime.getRuntime().maxMemory(), "the host's side of it");
    int none = backend.devices().size();
    var error = assertThrows(IndexOutOfBoundsException.class, () -> backend.on(none));
    assertTrue(error.getMessage().contains("has no device " + none), error.getMessage());
  }
}
