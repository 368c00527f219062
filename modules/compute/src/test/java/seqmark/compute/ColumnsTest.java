package seqmark.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.slice;
import static seqmark.compute.Ops.tanh;

import org.junit.jupiter.api.Test;
import seqmark.compute.op.Elementwise;
import seqmark.compute.op.Shapes;

class ColumnsTest {
  /** Nobody but concats, slices, and additions and multiplications by a number. */
  private static final Columns.Reach REACH =
      new Columns.Reach() {
        @Override
        public boolean reads(Node n, int operand) {
          return n.op() instanceof Elementwise.Affine || moves(n);
        }

        @Override
        public boolean writes(Node n, int result) {
          return n.op() instanceof Elementwise.Affine || moves(n);
        }

        private boolean moves(Node n) {
          return n.op() instanceof Shapes.Slice || n.op() instanceof Shapes.Concat;
        }
      };

  private final Graph g = new Graph(false);
  private final Value input = g.input("x", 4, 6);

  private Value made() {
    return affine(input, 2, 1);
  }

  private Columns columns() {
    return new Columns(g, REACH);
  }

  private static void assertRange(Value whole, int from, Columns.Range found) {
    assertEquals(new Columns.Range(whole, from), found);
  }

  /** There is nothing else that would bring it there. */
  @Test
  void aSliceThatLiesInAConcatIsComputedUnlessItIsCutFromThat() {
    Value part = slice(input, 1, 0, 2);
    Value all = concat(1, affine(input, 2, 1), part);
    g.output(affine(all, 3, 0));
    Columns columns = columns();
    assertRange(all, 6, columns.of(part));
    assertFalse(columns.movesNothing(part.node()));
  }

  @Test
  void aSliceLiesInWhatItIsCutFrom() {
    Value x = made();
    Value part = slice(x, 1, 2, 5);
    Value inner = slice(part, 1, 1, 3);
    g.output(affine(part, 3, 0));
    g.output(affine(inner, 3, 0));
    Columns columns = columns();
    assertRange(x, 2, columns.of(part));
    assertRange(x, 3, columns.of(inner));
    assertEquals(6, columns.distance(inner));
    assertTrue(columns.movesNothing(inner.node()));
  }

  @Test
  void whatIsJoinedAgainAndAgainLiesInTheLast() {
    Value a = made();
    Value b = affine(a, 3, 0);
    Value ab = concat(1, a, b);
    Value c = affine(ab, 4, 0);
    Value all = concat(1, ab, c);
    g.output(tanh(all));
    Columns columns = columns();
    assertRange(all, 0, columns.of(a));
    assertRange(all, 6, columns.of(b));
    assertRange(all, 0, columns.of(ab));
    assertRange(all, 12, columns.of(c));
    assertNull(columns.of(all));
    assertTrue(columns.movesNothing(ab.node()) && columns.movesNothing(all.node()));
  }

  @Test
  void partsOfTwoWholesLieInTheSecondWhereTheFirstMayBeToo() {
    Value a = made();
    Value b = affine(input, 3, 0);
    Value both = concat(1, a, b);
    Value read = affine(both, 2, 0);
    Value turned = concat(1, b, a);
    Value all = concat(1, read, a, b);
    g.output(affine(turned, 5, 0));
    g.output(tanh(all));
    Columns columns = columns();
    assertRange(all, 12, columns.of(a));
    assertRange(all, 18, columns.of(b));
    assertRange(all, 12, columns.of(both));
    assertNull(columns.of(turned));
    assertTrue(columns.movesNothing(both.node()));
    assertTrue(!columns.movesNothing(turned.node()));
    assertTrue(!columns.isThere(turned.node(), 0));
  }

  @Test
  void aReshapeThatKeepsRowsLiesThereToo() {
    Value x = made();
    Value part = reshape(slice(x, 1, 1, 4), 2, 2, 3);
    g.output(affine(part, 3, 0));
    assertRange(x, 1, columns().of(part));
    assertEquals(6, columns().distance(part));
  }

  @Test
  void nothingLiesElsewhereThatSomebodyReadsWithoutGaps() {
    Value x = made();
    Value read = slice(x, 1, 0, 3);
    Value flat = slice(x, 1, 1, 3);
    Value twice = affine(x, 3, 0);
    Value seen = g.output(slice(x, 1, 2, 4));
    g.output(tanh(read));
    g.output(affine(read, 2, 0));
    g.output(affine(reshape(flat, 8), 2, 0));
    g.output(concat(1, twice, twice));
    g.output(affine(concat(0, slice(x, 1, 0, 2), slice(x, 1, 4, 6)), 2, 0));
    Columns columns = columns();
    assertNull(columns.of(read));
    assertNull(columns.of(flat));
    assertNull(columns.of(twice));
    assertNull(columns.of(seen));
    assertEquals(3, columns.distance(read));
  }
}
