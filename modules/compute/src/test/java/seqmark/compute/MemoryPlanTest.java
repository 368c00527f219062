package seqmark.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.dense;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.sum;
import static seqmark.compute.Ops.sumTo;
import static seqmark.compute.Ops.zeros;

import java.util.Map;
import org.junit.jupiter.api.Test;
import seqmark.compute.op.Unfolding;

class MemoryPlanTest {
  private final Graph g = new Graph(false);
  private final Value input = g.input("x", 3, 4);
  private final Value x = affine(input, 2, 1);
  private final Loop loop = g.loop("loop", 3);
  private final Value carry = loop.carry(zeros(g, 4));
  private final Value slice = loop.slice(x);
  private final Value kept = affine(slice, 3, 0);

  private Value close(Value next) {
    loop.next(carry, next);
    loop.close();
    return g.output(loop.stack(kept));
  }

  private MemoryPlan plan() {
    Map<Value, double[]> given =
        Map.of(input, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    PlannedRun.requireEqual(g, given, Reference.evaluate(g, given));
    return new MemoryPlan(g, n -> 0);
  }

  @Test
  void whatALoopKeepsTakesThePlaceOfSlicesThatAreReadForTheLastTime() {
    Value all = close(add(carry, kept));
    assertEquals(plan().place(x), plan().place(all));
  }

  @Test
  void notOfSlicesThatTheBodyReadsAgain() {
    Value all = close(add(add(carry, kept), slice));
    assertNotEquals(plan().place(x), plan().place(all));
  }

  @Test
  void notOfSlicesThatAnotherNodeReadsLater() {
    Value all = close(add(carry, kept));
    g.output(affine(x, 5, 0));
    assertNotEquals(plan().place(x), plan().place(all));
  }

  @Test
  void notOfSlicesThatAreSeenInAnotherShape() {
    Value other = loop.slice(reshape(x, 3, 2, 2));
    Value all = close(add(add(carry, kept), reshape(other, 4)));
    assertNotEquals(plan().place(x), plan().place(all));
  }

  @Test
  void notOfSlicesOfWhatTheBodyReadsWhole() {
    Value all = close(add(kept, sumTo(add(x, carry), Shape.of(4))));
    assertNotEquals(plan().place(x), plan().place(all));
  }

  @Test
  void notOfSlicesOfWhatACarryBeginsWith() {
    Value whole = loop.carry(x);
    loop.next(whole, add(whole, kept));
    Value all = close(add(carry, kept));
    g.output(loop.last(whole));
    assertNotEquals(plan().place(x), plan().place(all));
  }

  @Test
  void aCarryWrittenInPlaceLeavesAnothersNextAlone() {
    Value other = loop.carry(zeros(g, 4));
    Value seen = add(carry, slice);
    Value next = affine(other, 2, 1);
    loop.next(other, affine(next, 3, 1));
    close(next);
    g.output(loop.stack(seen));
    g.output(loop.last(carry));
    g.output(loop.last(other));
    plan();
  }

  /** Nobody may write over what an unfolding lies in before that is read. */
  @Test
  void whatAnUnfoldingLiesInStays() {
    Value vectors = affine(input, 2, 1);
    Value seen = Ops.unfold(vectors, new Unfolding.Kernel(2, 1, 1));
    Value later = affine(affine(vectors, 3, 1), 2, 5);
    g.output(affine(later, 1, 1));
    g.output(affine(seen, 1, 1));
    plan();
  }

  @Test
  void gradientsMakeCopiesAgain() {
    Value vectors = g.parameter("vectors", Init.constant(1), 5, 2);
    Value content = g.parameter("content", Init.constant(1), 6, 3);
    Value gate = g.parameter("gate", Init.constant(1), 6, 3);
    Value seen = Ops.unfold(vectors, new Unfolding.Kernel(3, 1, 2));
    Value weights = concat(1, content, gate);
    Value made = dense(seen, weights);
    Value loss = sum(multiply(made, made));
    Gradients.of(loss, g.parameters()).forEach(g::output);
    Liveness live = new Liveness(g);
    assertEquals(live.nodes().indexOf(made.node()), live.lastUse(seen));
    assertEquals(live.nodes().indexOf(made.node()), live.lastUse(weights));
  }
}
