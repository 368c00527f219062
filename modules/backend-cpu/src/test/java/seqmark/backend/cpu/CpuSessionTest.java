package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;

class CpuSessionTest {
  private static String message(Class<? extends Exception> type, Runnable action) {
    return assertThrows(type, action::run).getMessage();
  }

  @Test
  void parametersStartAsOnEveryBackend() {
    Graph g = new Graph(false);
    g.output(Ops.sum(g.parameter("w", Init.normal(0.1), 7, 3)));
    try (Session cpu = new Cpu().open(9, 1);
        Session reference = new Reference().open(9, 1)) {
      cpu.compile(g);
      reference.compile(g);
      assertArrayEquals(reference.read("w"), cpu.read("w"));
    }
  }

  @Test
  void aLargerProgramDoesNotDisturbASmallerOne() {
    Graph small = new Graph(false);
    Value x = small.input("x", 3);
    Value twice = small.output(Ops.affine(x, 2, 0));
    Graph large = new Graph(false);
    Value y = large.input("y", 100_000);
    large.output(Ops.sum(Ops.affine(y, 3, 0)));
    try (Session session = new Cpu().open(1, 1)) {
      Program first = session.compile(small);
      first.write(x, new float[] {1, 2, 3});
      session.compile(large);
      first.run();
      float[] found = new float[3];
      first.read(twice, found);
      assertArrayEquals(new float[] {2, 4, 6}, found);
    }
  }

  @Test
  void parametersThatFillSeveralBlocksAreApart() {
    int[] widths = {Memory.LARGE / 3, 5, Memory.LARGE / 2, Memory.LARGE + 7, Memory.LARGE / 3, 1};
    Graph g = new Graph(false);
    List<Value> sums = new ArrayList<>();
    for (int width : widths) {
      Value w = g.parameter("w" + sums.size(), Init.constant(0), width);
      sums.add(g.output(Ops.sum(w)));
    }
    try (Session session = new Cpu().open(1, 1)) {
      Program program = session.compile(g);
      for (int i = 0; i < widths.length; i++) {
        session.write("w" + i, Shape.of(widths[i]), filled(widths[i], i));
      }
      program.run();
      for (int i = 0; i < widths.length; i++) {
        assertArrayEquals(filled(widths[i], i), session.read("w" + i));
        assertEquals(2.0 * i + 1, program.scalar(sums.get(i)));
      }
    }
  }

  /** Zeros between two numbers that add up to {@code 2 number + 1}. */
  private static float[] filled(int size, int number) {
    float[] values = new float[size];
    values[0] = number;
    values[size - 1] += number + 1;
    return values;
  }

  @Test
  void vectorsThatAreTooShortAreRefused() {
    assertTrue(Cpu.missing(4).isEmpty());
    String why = Cpu.missing(2).orElseThrow();
    assertTrue(why.contains("vectors of 128 bits, this Java virtual machine has 64 bits"), why);
  }

  @Test
  void mistakesAreNamed() {
    Graph g = new Graph(false);
    Value x = g.input("x", 3);
    Value y = Ops.affine(x, 2, 0);
    g.output(Ops.affine(y, 2, 0));
    try (Session session = new Cpu().open(1, 1)) {
      Program program = session.compile(g);
      Class<IllegalArgumentException> bad = IllegalArgumentException.class;
      assertEquals(
          "write: x [3] needs 3 numbers, found 2",
          message(bad, () -> program.write(x, new float[2])));
      assertTrue(message(bad, () -> program.write(y, new float[3])).contains("is no input"));
      assertTrue(message(bad, () -> program.read(y, new float[3])).contains("is no output"));
      assertTrue(message(bad, () -> session.read("w")).contains("no persistent value w"));
      assertEquals(
          "session: w has shape [2], 2 numbers, found 3",
          message(bad, () -> session.write("w", Shape.of(2), new float[3])));
    }
  }
}
