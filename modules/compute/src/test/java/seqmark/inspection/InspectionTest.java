package seqmark.inspection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seqmark.compute.Ops.dense;
import static seqmark.compute.Ops.divide;
import static seqmark.compute.Ops.log;
import static seqmark.compute.Ops.sum;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seqmark.compute.CounterRandom;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Loop;
import seqmark.compute.Ops;
import seqmark.compute.Reference;
import seqmark.compute.ShapeException;
import seqmark.compute.Value;

/** What a graph says of itself: its text, its cost, its errors, where NaN comes from. */
class InspectionTest {
  private final Graph g = new Graph(true);

  @Test
  void printNamesShapesCostAndModelLine() {
    Value x = g.input("x", 3, 4);
    g.output(dense(x, g.parameter("w", Init.constant(1), 4, 5)));
    log(x);
    String text = g.print();
    assertTrue(text.contains("x [3, 4]") && text.contains("w [4, 5]"), text);
    assertTrue(text.contains("dense#0") && text.contains("120 flop"), text);
    assertTrue(text.contains("log#1 [3, 4]]  does not run"), text);
    assertTrue(text.contains("InspectionTest.java:"), text);
  }

  @Test
  void costOfALoopCountsEveryStep() {
    Loop loop = g.loop("loop", 7);
    Value h = loop.carry(Ops.zeros(g, 2, 3));
    loop.next(h, dense(h, g.parameter("u", Init.constant(1), 3, 3)));
    log(h);
    loop.close();
    g.output(loop.last(h));
    assertEquals(7 * 2 * 2 * 3 * 3, g.cost().flops());
  }

  @Test
  void whatDoesNotRunCostsNothing() {
    Value x = g.input("x", 2, 3);
    Value y = dense(x, g.parameter("w", Init.constant(1), 3, 4));
    dense(y, g.parameter("unused", Init.constant(1), 4, 5));
    assertEquals(0, g.cost().flops());
    g.output(y);
    assertEquals(2 * 2 * 3 * 4, g.cost().flops());
  }

  @Test
  void shapeErrorsNameBothShapes() {
    Value a = g.input("a", 32, 64);
    Value b = g.parameter("b", Init.constant(0), 128, 10);
    ShapeException e = assertThrows(ShapeException.class, () -> dense(a, b));
    assertEquals("dense: inner dimensions differ: x [32, 64], w [128, 10]", e.getMessage());
  }

  @Test
  void unusedParameterIsNamed() {
    Value w = g.parameter("unused", Init.constant(1), 2);
    Value loss = sum(g.input("x", 2));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Gradients.of(loss, List.of(w)));
    assertTrue(e.getMessage().contains("unused [2]"), e.getMessage());
  }

  @Test
  void firstNonFiniteNamesTheNodeInsideALoop() {
    Value x = g.input("x", 2);
    Loop loop = g.loop("loop", 3);
    Value h = loop.carry(x);
    Value bad = log(h);
    loop.next(h, bad);
    loop.close();
    g.output(divide(loop.last(h), x));
    Map<Value, double[]> given = new HashMap<>(Map.of(x, new double[] {2, 3}));
    assertEquals(bad.node(), Reference.firstNonFinite(g, given).orElseThrow());
  }

  @Test
  void randomNumbersDependOnKeyAndCounterAlone() {
    CounterRandom random = CounterRandom.seeded(1);
    assertEquals(random.bits(5), CounterRandom.seeded(1).bits(5));
    double mean = 0;
    double square = 0;
    for (int i = 0; i < 100_000; i++) {
      mean += random.fork("a").normal(i) / 100_000;
      square += Math.pow(random.fork("a").normal(i), 2) / 100_000;
    }
    assertEquals(0, mean, 0.02);
    assertEquals(1, square, 0.02);
    int[] counts = new int[3];
    for (int i = 0; i < 30_000; i++) {
      counts[random.below(3, i)]++;
    }
    for (int count : counts) {
      assertEquals(10_000, count, 400);
    }
  }
}
