package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.compute.Backend;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.Attention;

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
  void whatIsCarriedIsWrittenOverAndFollowsItself() {
    Graph g = new Graph(false);
    Value token = g.input("token", 2, 3);
    Value here = g.input("here", 2, 5);
    Value cache = g.input("cache", 2, 5, 3);
    Value[] late = {g.input("late", 2, 3), g.input("later", 2, 3)};
    Value written = Ops.apply(new Attention.AddOuter(), here, token, cache);
    Value next = g.carry(cache, written);
    Value first = g.carry(late[0], Ops.add(token, Ops.sumTo(late[1], Shape.of(2, 3))));
    Value second = g.carry(late[1], late[0]);
    Value found = g.output(Ops.attentionMix(here, next));
    List<float[]> all = new ArrayList<>();
    for (Backend backend : List.of(new Cpu(), new Reference())) {
      try (Session session = backend.open(1, 1)) {
        Program program = session.compile(g);
        program.write(cache, new float[30]);
        program.write(late[0], new float[] {1, 2, 3, 4, 5, 6});
        program.write(late[1], new float[] {6, 5, 4, 3, 2, 1});
        for (int t = 0; t < 5; t++) {
          float[] column = new float[10];
          column[t] = 1;
          column[9 - t] = 1;
          program.write(here, column);
          program.write(token, new float[] {t, 2 * t, 3, 4 - t, 5, t * t});
          program.run();
          for (Value v : List.of(next, first, second, found)) {
            float[] values = new float[v.shape().size()];
            program.read(v, values);
            all.add(values);
          }
          program.feed(next, cache);
          program.feed(first, late[0]);
          program.feed(second, late[1]);
        }
      }
    }
    for (int i = 0; i < all.size() / 2; i++) {
      assertArrayEquals(all.get(i + all.size() / 2), all.get(i), "output " + i);
    }
  }

  @Test
  void aProductOfWhatIsCarriedFollowsItWithAnAddendAndWithout() {
    Graph g = new Graph(false);
    Value weight = g.input("weight", 3, 3);
    Value plain = g.input("plain", 2, 3);
    Value sum = g.input("sum", 2, 3);
    Value nextPlain = g.carry(plain, Ops.dense(plain, weight));
    Value nextSum = g.carry(sum, Ops.dense(nextPlain, weight, sum));
    List<float[]> all = new ArrayList<>();
    for (Backend backend : List.of(new Cpu(), new Reference())) {
      try (Session session = backend.open(1, 1)) {
        Program program = session.compile(g);
        program.write(weight, new float[] {1, 2, 0, -1, 1, 1, 0, 2, 1});
        program.write(plain, new float[] {1, 0, 0, 1, 2, 3});
        program.write(sum, new float[] {5, 6, 7, 8, 9, 10});
        for (int t = 0; t < 4; t++) {
          program.run();
          for (Value v : List.of(nextPlain, nextSum)) {
            float[] values = new float[6];
            program.read(v, values);
            all.add(values);
          }
          program.feed(nextPlain, plain);
          program.feed(nextSum, sum);
        }
      }
    }
    for (int i = 0; i < all.size() / 2; i++) {
      assertArrayEquals(all.get(i + all.size() / 2), all.get(i), "output " + i);
    }
  }

  @Test
  void mistakesOfCarryingAreNamed() {
    Graph g = new Graph(false);
    Value x = g.input("x", 3);
    Value y = g.input("y", 3);
    Value next = g.carry(x, Ops.add(x, y));
    Class<IllegalArgumentException> bad = IllegalArgumentException.class;
    assertTrue(message(bad, () -> g.carry(y, g.input("z", 4))).contains("[4]"));
    assertTrue(message(bad, () -> g.carry(x, Ops.add(y, y))).contains("already"));
    try (Session session = new Cpu().open(1, 1)) {
      Program program = session.compile(g);
      assertTrue(message(bad, () -> program.feed(next, y)).contains("is not carried to"));
    }
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
