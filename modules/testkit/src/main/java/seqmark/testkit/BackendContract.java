package seqmark.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import seqmark.compute.Backend;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;
import seqmark.compute.Timing;
import seqmark.compute.Value;
import seqmark.compute.op.Shapes;

/**
 * What every backend has to fulfil: each op as the float64 reference computes it, at odd sizes, out
 * of memory full of NaN, with the same bits for any number of threads, and without allocation. A
 * backend's test extends this.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContract {
  private static final long SEED = 5;

  /** Errors may be this large, as a part of the element and of the largest element. */
  private static final double RELATIVE = 1e-5;

  private static final double OF_LARGEST = 3e-6;

  private List<Session> sessions;

  /** For subclasses. */
  protected BackendContract() {}

  /** What is tested. */
  protected abstract Backend backend();

  /** Fills all step memory of a session with NaN, so that reading before writing is seen. */
  protected abstract void poison(Session session);

  /** Whether a backend runs in this JVM's heap and so must not allocate. */
  protected boolean allocatesNothing() {
    return true;
  }

  /** Sessions with 1, 2 and 3 threads. */
  private List<Session> sessions() {
    if (sessions == null) {
      sessions = IntStream.rangeClosed(1, 3).mapToObj(t -> backend().open(SEED, t)).toList();
    }
    return sessions;
  }

  @AfterAll
  void closeSessions() {
    sessions().forEach(Session::close);
  }

  @TestFactory
  Stream<DynamicTest> everyOpEqualsTheReference() {
    return OpCases.all().stream()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> compareWithReference(c)));
  }

  private void compareWithReference(OpCase c) {
    for (OpRun.Form form : OpRun.Form.values()) {
      if (!OpRun.fits(c, form)) {
        continue;
      }
      OpRun run = new OpRun(c, form);
      double[][] expected = run.expected();
      float[][] one = run.on(sessions().get(0), () -> poison(sessions().get(0)));
      for (int i = 0; i < expected.length; i++) {
        assertClose(expected[i], one[i], c + ", " + form + ", result " + i);
      }
      for (Session several : sessions().subList(1, sessions().size())) {
        float[][] other = run.on(several, () -> poison(several));
        for (int i = 0; i < one.length; i++) {
          assertArrayEquals(one[i], other[i], c + ", " + form + ": bits depend on threads");
        }
      }
    }
  }

  private static void assertClose(double[] expected, float[] found, String what) {
    double largest = 0.1;
    for (double e : expected) {
      largest = Math.max(largest, Math.abs(e));
    }
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(found[i] - expected[i]);
      double allowed = RELATIVE * Math.abs(expected[i]) + OF_LARGEST * largest;
      if (!(error <= allowed)) {
        fail(
            "%s: element %d is %s, expected %s (largest %s)"
                .formatted(what, i, found[i], expected[i], largest));
      }
    }
  }

  @Test
  void constantsAreFilledIn() {
    Graph g = new Graph(false);
    Value range = g.output(Ops.range(g, 70));
    Value fill = g.output(Ops.fill(g, 0.25, Shape.of(7, 9)));
    Session session = sessions().get(0);
    Program program = session.compile(g);
    poison(session);
    program.run();
    float[] found = new float[70];
    program.read(range, found);
    for (int i = 0; i < found.length; i++) {
      assertEquals(i, found[i]);
    }
    program.read(fill, found);
    for (int i = 0; i < 63; i++) {
      assertEquals(0.25f, found[i]);
    }
  }

  @Test
  void softmaxWithoutAnyPositionIsZero() {
    Graph g = new Graph(false);
    Value scores = g.input("scores", 2, 9);
    Value mask = g.input("mask", 2, 9);
    Value out = g.output(Ops.softmax(scores, mask));
    Session session = sessions().get(0);
    Program program = session.compile(g);
    float[] data = new float[18];
    Arrays.fill(data, Float.NaN);
    data[9] = 3;
    program.write(scores, data);
    float[] second = new float[18];
    second[9] = 1;
    program.write(mask, second);
    program.run();
    float[] found = new float[18];
    program.read(out, found);
    float[] expected = new float[18];
    expected[9] = 1;
    assertArrayEquals(expected, found);
  }

  /** What looks at the beginning of a value leaves it whole, even if a result is as large. */
  @Test
  void aResultTakesNoPlaceOfWhichItReadsAPartOnly() {
    for (int axis = 0; axis < 2; axis++) {
      Graph g = new Graph(false);
      Value x = g.input("x", 40, 6);
      Value y = g.input("y", 2, 1, axis == 0 ? 6 : 3);
      Value part = Ops.slice(Ops.apply(new Shapes.Copy(), x), axis, 0, axis == 0 ? 20 : 3);
      Value out = g.output(Ops.multiply(part, y)); // as large as x
      Program program = sessions().get(0).compile(g);
      float[] numbers = new float[240];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i + 1;
      }
      program.write(x, numbers);
      program.write(y, numbers);
      program.run();
      float[] found = new float[240];
      program.read(out, found);
      int width = axis == 0 ? 6 : 3;
      for (int i = 0; i < found.length; i++) {
        int within = i % 120;
        int column = within % width;
        float expected = (within / width * 6 + column + 1f) * (i / 120 * width + column + 1f);
        assertEquals(expected, found[i], "axis " + axis + ", element " + i);
      }
    }
  }

  @Test
  void trainingFollowsTheReference() {
    TinyTranslator model = new TinyTranslator();
    try (Session truth = new Reference().open(SEED, 1);
        Session session = backend().open(SEED, 2)) {
      Program expected = truth.compile(model.graph());
      Program found = session.compile(model.graph());
      for (int step = 1; step <= 5; step++) {
        model.fill(expected, step);
        expected.run();
        poison(session);
        model.fill(found, step);
        found.run();
        float e = expected.scalar(model.loss());
        assertEquals(e, found.scalar(model.loss()), 1e-4f * e, "loss of step " + step);
      }
      for (String name : model.parameters()) {
        assertArrayEquals(truth.read(name), session.read(name), 2e-3f, name);
      }
    }
  }

  @Test
  void trainingHasTheSameBitsForAnyNumberOfThreads() {
    TinyTranslator model = new TinyTranslator();
    for (Session session : sessions()) {
      Program program = session.compile(model.graph());
      for (int step = 1; step <= 20; step++) {
        model.fill(program, step);
        program.run();
      }
      for (String name : model.parameters()) {
        assertArrayEquals(sessions().get(0).read(name), session.read(name), name);
      }
    }
  }

  @Test
  void aTimedRunIsARun() {
    TinyTranslator model = new TinyTranslator();
    try (Session ran = backend().open(SEED, 2);
        Session timed = backend().open(SEED, 2)) {
      Program expected = ran.compile(model.graph());
      Program found = timed.compile(model.graph());
      model.fill(expected, 1);
      model.fill(found, 1);
      List<Timing> timings = found.timings();
      if (!timings.isEmpty()) {
        expected.run();
      }
      for (String name : model.parameters()) {
        assertArrayEquals(ran.read(name), timed.read(name), name);
      }
      timings.forEach(t -> assertTrue(t.nanos() >= 0 && !t.nodes().isEmpty(), t::toString));
    }
  }

  @Test
  void aSteadyStepAllocatesNothing() {
    if (!allocatesNothing()) {
      return;
    }
    TinyTranslator model = new TinyTranslator();
    try (Session session = backend().open(SEED, 2)) {
      Program program = session.compile(model.graph());
      model.fill(program, 1);
      AllocationCheck.stops(program::run);
    }
  }

  @Test
  void programsOfASessionShareTheirParameters() {
    try (Session session = backend().open(SEED, 1)) {
      Graph g = new Graph(false);
      Value out = g.output(Ops.affine(g.parameter("shared", Init.normal(1), 4), 2, 0));
      Program program = session.compile(g);
      session.write("shared", Shape.of(4), new float[] {1, 2, 3, 4});
      Program again = session.compile(g);
      float[] found = new float[4];
      for (Program p : List.of(program, again)) {
        p.run();
        p.read(out, found);
        assertArrayEquals(new float[] {2, 4, 6, 8}, found);
      }
      assertEquals(Shape.of(4), session.persistent().get("shared"));
      Graph other = new Graph(false);
      other.output(Ops.affine(other.parameter("shared", Init.normal(1), 5), 2, 0));
      assertThrows(ShapeException.class, () -> session.compile(other));
    }
  }

  /** An op that no backend knows. */
  private record Unknown() implements Op {
    @Override
    public String name() {
      return "no-such-op";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return in;
    }

    @Override
    public void reference(Node node, double[][] in, double[][] out) {
      System.arraycopy(in[0], 0, out[0], 0, in[0].length);
    }
  }

  @Test
  void anOpWithoutKernelIsNamed() {
    Graph g = new Graph(false);
    g.output(Ops.apply(new Unknown(), g.input("x", 3)));
    Session session = sessions().get(0);
    var error = assertThrows(IllegalStateException.class, () -> session.compile(g));
    assertTrue(error.getMessage().contains("no-such-op"), error.getMessage());
    assertTrue(error.getMessage().contains(backend().name()), error.getMessage());
  }

  @Test
  void aTokenThatIsNoRowOfTheTableIsAnError() {
    Graph g = new Graph(false);
    Value ids = g.input("ids", 70);
    g.output(Ops.lookup(g.parameter("table", Init.normal(1), 4, 3), ids));
    float[] tokens = new float[70];
    for (Session session : sessions()) {
      Program program = session.compile(g);
      for (float wrong : new float[] {4, -1, 1.5f, Float.NaN}) {
        tokens[69] = wrong;
        program.write(ids, tokens);
        var error = assertThrows(IndexOutOfBoundsException.class, program::run, "id " + wrong);
        assertTrue(error.getMessage().contains("" + wrong), error.getMessage());
      }
    }
  }

  /** Compiling is neither writing nor running, even if it wants more memory. */
  @Test
  void whatRanLastIsThereAfterAnotherWasCompiled() {
    try (Session session = backend().open(SEED, 1)) {
      Graph g = new Graph(false);
      Value out = g.output(Ops.affine(Ops.range(g, 5_000), 2, 1));
      Program program = session.compile(g);
      program.run();
      Graph larger = new Graph(false);
      Value added = larger.parameter("added", Init.normal(1), 3_000);
      larger.output(Ops.affine(Ops.fill(larger, 1, Shape.of(5 << 20)), 2, 0));
      larger.output(Ops.affine(added, 2, 0));
      session.compile(larger);
      float[] found = new float[5_000];
      program.read(out, found);
      for (int i = 0; i < found.length; i++) {
        assertEquals(2 * i + 1, found[i]);
      }
    }
  }
}
