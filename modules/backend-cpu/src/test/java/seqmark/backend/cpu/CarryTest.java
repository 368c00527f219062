package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.compute.Backend;
import seqmark.compute.Graph;
import seqmark.compute.MemoryPlan;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.Attention;

/** What runs hand to the next one, in the place of what they found or in one of its own. */
class CarryTest {
  private static final int RUNS = 4;

  private final Graph g = new Graph(false);
  private final Value weight = g.input("weight", 3, 3);
  private final Value x = g.input("x", 2, 3);
  private final Value y = g.input("y", 2, 3);
  private final Value late = g.input("late", 2, 3);

  /** Small integers, of which everything here is exact in float32. */
  private static float[] numbers(Value input) {
    float[] numbers = new float[input.shape().size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (7 * i + input.name().length()) % 5 - 2;
    }
    return numbers;
  }

  /** Every output of every run, each of which is fed with what the one before carries. */
  private static List<float[]> outputs(Backend backend, Graph g) {
    List<float[]> all = new ArrayList<>();
    try (Session session = backend.open(1, 1)) {
      Program program = session.compile(g);
      g.inputs().forEach(input -> program.write(input, numbers(input)));
      for (int run = 0; run < RUNS; run++) {
        program.run();
        for (Value output : g.outputs()) {
          float[] values = new float[output.shape().size()];
          program.read(output, values);
          all.add(values);
        }
        g.carried().forEach((input, next) -> program.feed(next, input));
      }
    }
    return all;
  }

  /** The reference keeps every value in an array of its own. */
  private static void requireRight(Graph g) {
    List<float[]> expected = outputs(new Reference(), g);
    List<float[]> found = outputs(new Cpu(), g);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), "output " + i);
    }
  }

  private static boolean isWrittenOver(Graph g, Value input) {
    MemoryPlan plan = new MemoryPlan(g, n -> 0);
    return plan.place(g.carried().get(input)).equals(plan.place(input));
  }

  /**
   * Carries something that is computed last: it would lie where an input has been, were that place
   * free too early, and be lost when the input is fed.
   */
  private void requireKept(Value input) {
    g.carry(late, Ops.dense(late, weight));
    assertFalse(isWrittenOver(g, input));
    requireRight(g);
  }

  @Test
  void whatOneOpReadsIsWrittenOver() {
    g.carry(x, Ops.add(x, y));
    assertTrue(isWrittenOver(g, x));
    requireRight(g);
  }

  @Test
  void whatAnotherOpReadsAfterwardsIsKept() {
    g.carry(x, Ops.add(x, y));
    g.output(Ops.multiply(y, x));
    requireKept(x);
  }

  @Test
  void whatIsReadBackIsKept() {
    g.output(x);
    g.carry(x, Ops.add(x, y));
    requireKept(x);
  }

  @Test
  void whatAnOpReadsAsItsSecondOperandIsKept() {
    g.carry(x, Ops.subtract(y, x));
    requireKept(x);
  }

  @Test
  void whatAnOpReadsTwiceIsKept() {
    g.carry(x, Ops.subtract(x, x));
    requireKept(x);
  }

  @Test
  void whatIsLookedAtDifferentlyIsKept() {
    g.carry(x, Ops.reshape(Ops.affine(Ops.reshape(x, 3, 2), 2, 1), 2, 3));
    requireKept(x);
  }

  @Test
  void aCacheIsWrittenOverAndInputsMoveOn() {
    Value token = g.input("token", 2, 3);
    Value here = g.input("here", 2, 5);
    Value cache = g.input("cache", 2, 5, 3);
    Value next = g.carry(cache, Ops.apply(new Attention.AddOuter(), here, token, cache));
    g.carry(x, Ops.add(token, Ops.sumTo(y, Shape.of(2, 3))));
    g.carry(y, x);
    g.output(Ops.attentionMix(here, next));
    assertTrue(isWrittenOver(g, cache));
    requireRight(g);
  }

  @Test
  void aProductFollowsWhatItReadsWithAnAddendAndWithout() {
    Value next = g.carry(x, Ops.dense(x, weight));
    g.carry(y, Ops.dense(next, weight, y));
    requireRight(g);
  }

  @Test
  void mistakesAreNamed() {
    Value next = g.carry(x, Ops.add(x, y));
    Class<IllegalArgumentException> bad = IllegalArgumentException.class;
    Value larger = g.input("larger", 4);
    assertTrue(assertThrows(bad, () -> g.carry(y, larger)).getMessage().contains("[4]"));
    Value other = Ops.add(y, y);
    assertTrue(assertThrows(bad, () -> g.carry(x, other)).getMessage().contains("already"));
    try (Session session = new Cpu().open(1, 1)) {
      Program program = session.compile(g);
      String message = assertThrows(bad, () -> program.feed(next, y)).getMessage();
      assertTrue(message.contains("is not carried to"), message);
    }
  }
}
