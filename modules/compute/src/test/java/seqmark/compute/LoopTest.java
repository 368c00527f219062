package seqmark.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.attentionAdditive;
import static seqmark.compute.Ops.attentionMix;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.dense;
import static seqmark.compute.Ops.lookup;
import static seqmark.compute.Ops.lstmCell;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.softmax;
import static seqmark.compute.Ops.sum;
import static seqmark.compute.Ops.tanh;
import static seqmark.compute.Ops.transpose;

import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.compute.op.MatMul;

/** Recurrences: gradients against differences, and what can go wrong with carries. */
class LoopTest {
  private static final Init ANY = Init.constant(0);

  private final Graph g = new Graph(false);

  private Value p(String name, int... shape) {
    return g.parameter(name, ANY, shape);
  }

  private static void check(Value loss) {
    GradientTest.compareWithDifferences(loss, loss.graph().parameters());
  }

  /** Attention over a memory made by a loop backwards in time, decoded by another loop. */
  private Value attend() {
    Value table = p("table", 5, 3);
    Value x = lookup(table, reshape(Ops.range(g, 5), 5, 1)); // [S, B=1, E]
    Value both = concat(1, x, Ops.affine(x, -1, 0.2)); // [S, B=2, E]
    Loop encoder = g.reverseLoop("encoder", 5);
    Value h = encoder.carry(Ops.zeros(g, 2, 2));
    Value c = encoder.carry(Ops.zeros(g, 2, 2));
    Value gates = dense(h, p("u", 2, 8), dense(encoder.slice(both), p("w", 3, 8), p("b", 8)));
    List<Value> next = lstmCell(gates, c);
    encoder.next(h, next.get(0));
    encoder.next(c, next.get(1));
    encoder.close();
    Value memory = transpose(encoder.stack(next.get(0)), 1, 0, 2); // [B, S, H]
    Value keys = dense(memory, p("k", 2, 3));
    Loop decoder = g.loop("decoder", 4);
    Value s = decoder.carry(encoder.last(h));
    Value scores = attentionAdditive(dense(s, p("q", 2, 3)), keys, p("v", 3));
    Value context = attentionMix(softmax(scores, null), memory);
    Value out = tanh(dense(s, p("us", 2, 2), dense(context, p("c", 2, 2))));
    Value read = concat(1, out, context);
    decoder.next(s, out);
    decoder.close();
    return decoder.stack(read);
  }

  @Test
  void attentionOverAnEncoder() {
    Value all = attend();
    check(sum(multiply(all, all)));
  }

  @Test
  void weightGradientsLeaveTheLoop() {
    Value all = attend();
    Gradients.of(sum(all), g.parameters());
    for (Node n : g.nodes()) {
      if (n.op() instanceof Scan scan) {
        boolean inside =
            scan.loop().nodes().stream().anyMatch(b -> b.op() instanceof MatMul.WeightGradient);
        assertTrue(!inside, "a weight gradient stayed in loop " + scan.loop().name());
      }
    }
  }

  @Test
  void graphDoesNotGrowWithLength() {
    assertEquals(sizeAt(3), sizeAt(300));
  }

  private static int sizeAt(int steps) {
    Graph g = new Graph(false);
    Loop loop = g.loop("loop", steps);
    Value h = loop.carry(Ops.zeros(g, 2, 3));
    loop.next(h, tanh(dense(h, g.parameter("u", ANY, 3, 3))));
    loop.close();
    Gradients.of(sum(loop.last(h)), g.parameters());
    return g.print().split("\n").length;
  }

  @Test
  void carryPassedThroughAndDuplicated() {
    Value a = p("a", 2, 3);
    Value b = p("b", 2, 3);
    Loop loop = g.loop("loop", 3);
    Value x = loop.carry(a);
    Value y = loop.carry(b);
    Value z = loop.carry(b);
    Value sum = tanh(add(x, y));
    loop.next(x, y);
    loop.next(y, sum);
    loop.next(z, sum);
    loop.close();
    check(sum(concat(0, loop.last(x), loop.last(y), loop.last(z), loop.last(x))));
  }

  @Test
  void perStepOutputThatIsAnInput() {
    Value xs = p("xs", 3, 2, 2);
    Loop loop = g.loop("loop", 3);
    Value h = loop.carry(p("h", 2, 2));
    loop.next(h, multiply(h, loop.slice(xs)));
    loop.close();
    Value carries = loop.stack(h);
    Value slices = loop.stack(loop.slice(xs));
    check(sum(multiply(carries, slices)));
  }

  @Test
  void viewsInsideALoop() {
    Loop loop = g.loop("loop", 3);
    Value h = loop.carry(p("h", 2, 4));
    Value wide = reshape(reshape(tanh(h), 8), 2, 2, 2);
    Value turned = transpose(wide, 0, 2, 1);
    Value view = reshape(reshape(h, 4, 2), 2, 2, 2);
    loop.next(h, reshape(multiply(turned, wide), 2, 4));
    loop.close();
    Value all = loop.stack(view);
    check(sum(multiply(all, all)));
  }

  @Test
  void memoryThatIsAccumulatedByTwoLoops() {
    Value memory = p("memory", 2, 3, 2);
    Value total = null;
    for (String name : List.of("first", "second")) {
      Loop loop = g.loop(name, 3);
      Value h = loop.carry(p("h" + name, 2, 3));
      Value mixed = attentionMix(softmax(h, null), memory);
      loop.next(h, tanh(add(h, dense(mixed, p("w", 2, 3)))));
      loop.close();
      total = total == null ? sum(loop.last(h)) : add(total, sum(loop.last(h)));
    }
    check(add(total, sum(multiply(memory, memory))));
  }

  @Test
  void stepsThatDoNotMatchAreNamed() {
    Loop loop = g.loop("decoder", 3);
    ShapeException e = assertThrows(ShapeException.class, () -> loop.slice(p("xs", 4, 2)));
    assertTrue(e.getMessage().contains("xs [4, 2]"), e.getMessage());
  }

  @Test
  void valuesDoNotEscape() {
    Loop loop = g.loop("decoder", 3);
    Value h = loop.carry(p("h", 2));
    Value out = tanh(h);
    loop.next(h, out);
    loop.close();
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> tanh(out));
    assertTrue(e.getMessage().contains("decoder"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> g.output(out));
  }
}
