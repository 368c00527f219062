package seqmark.backend.tornado;

import seqmark.backend.tornado.kernel.Loops;
import seqmark.backend.tornado.kernel.Products;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.MatMul;

/** Instructions of {@link Products}. */
final class ProductLowering {
  private static final int NO_FUNCTION = -1;

  private ProductLowering() {}

  private static Instruction product(int matrices, int rows, int inner, int columns) {
    int tiles = tiles(rows) * tiles(columns);
    return new Instruction(Kernel.PRODUCTS, 0, matrices * tiles)
        .with(Products.ROWS, rows, inner, columns)
        .with(Products.FUNCTION, NO_FUNCTION);
  }

  private static int tiles(int extent) {
    return (extent + Products.TILE - 1) / Products.TILE;
  }

  static Instruction dense(Node n, Places p) {
    boolean transposed = ((MatMul.Dense) n.op()).transposed();
    Shape y = n.out(0).shape();
    int inner = n.in(0).shape().dim(-1);
    int columns = y.dim(-1);
    Instruction i =
        product(1, y.sizeBefore(-1), inner, columns)
            .inLoops(Loops.PRODUCTS, y.size())
            .with(Products.LEFT, 0, inner, 1)
            .with(Products.RIGHT, 0, transposed ? 1 : columns, transposed ? inner : 1)
            .reads(0, p.of(n.in(0)))
            .reads(1, p.of(n.in(1)))
            .writes(3, p.of(n.out(0)));
    if (n.in().size() < 3) {
      return i;
    }
    boolean row = n.in(2).shape().size() == columns;
    return i.with(Products.ADDEND, 1, row ? 0 : columns).reads(2, p.of(n.in(2)));
  }

  static Instruction weightGradient(Node n, Places p) {
    int rows = n.out(0).shape().dim(0);
    int columns = n.out(0).shape().dim(1);
    return product(1, rows, n.in(0).shape().sizeBefore(-1), columns)
        .with(Products.LEFT, 0, 1, rows)
        .with(Products.RIGHT, 0, columns, 1)
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(3, p.of(n.out(0)));
  }

  /** A matrix per batch row, whose terms lie a whole batch apart. */
  static Instruction batchedWeightGradient(Node n, Places p) {
    Shape y = n.out(0).shape();
    int batch = y.dim(0);
    int rows = y.dim(1);
    int columns = y.dim(2);
    return product(batch, rows, n.in(0).shape().sizeBefore(-2), columns)
        .with(Products.LEFT, rows, 1, batch * rows)
        .with(Products.RIGHT, columns, batch * columns, 1)
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(3, p.of(n.out(0)));
  }

  static Instruction batched(Node n, Places p) {
    MatMul.Batched op = (MatMul.Batched) n.op();
    Shape y = n.out(0).shape();
    int rows = y.dim(-2);
    int columns = y.dim(-1);
    int inner = n.in(0).shape().dim(op.transposeA() ? -2 : -1);
    return product(y.sizeBefore(-2), rows, inner, columns)
        .with(Products.LEFT, rows * inner)
        .with(Products.LEFT + 1, op.transposeA() ? 1 : inner, op.transposeA() ? rows : 1)
        .with(Products.RIGHT, inner * columns)
        .with(Products.RIGHT + 1, op.transposeB() ? 1 : columns, op.transposeB() ? inner : 1)
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(3, p.of(n.out(0)));
  }

  /** {@code y = x W + bias}; a bias {@code [D]} for all rows. */
  static Instruction biased(int rows, Shape w, Operand x, Operand weight, Operand bias, Operand y) {
    int columns = w.dim(1);
    return product(1, rows, w.dim(0), columns)
        .with(Products.LEFT, 0, w.dim(0), 1)
        .with(Products.RIGHT, 0, columns, 1)
        .with(Products.ADDEND, 1, 0)
        .reads(0, x)
        .reads(1, weight)
        .reads(2, bias)
        .writes(3, y);
  }

  /** {@code x = y Wᵀ}. */
  static Instruction back(int rows, Shape w, Operand y, Operand weight, Operand x) {
    int columns = w.dim(1);
    return product(1, rows, columns, w.dim(0))
        .with(Products.LEFT, 0, columns, 1)
        .with(Products.RIGHT, 0, 1, columns)
        .reads(0, y)
        .reads(1, weight)
        .writes(3, x);
  }

  /** {@code W = xᵀ y}. */
  static Instruction outer(int rows, Shape w, Operand x, Operand y, Operand weight) {
    return product(1, w.dim(0), rows, w.dim(1))
        .with(Products.LEFT, 0, 1, w.dim(0))
        .with(Products.RIGHT, 0, w.dim(1), 1)
        .reads(0, x)
        .reads(1, y)
        .writes(3, weight);
  }
}
