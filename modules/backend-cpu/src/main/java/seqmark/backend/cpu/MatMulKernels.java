package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.MatMul;

/** Kernels of {@link MatMul}. */
final class MatMulKernels {
  private MatMulKernels() {}

  /** A unit is a row of x. In a loop, weights from outside are packed once for all steps. */
  static final class Dense implements Kernel {
    private final Operand x;
    private final Operand weight;
    private final Operand addend;
    private final Operand out;
    private final Operand packed;
    private final Gemm gemm;
    private final boolean packs;
    private final boolean weightVaries;
    private final boolean addendIsRow;
    private final int rows;
    private final int k;
    private final int n;

    Dense(Node node, Memory memory) {
      x = memory.of(node.in(0));
      weight = memory.of(node.in(1));
      addend = node.in().size() == 3 ? memory.of(node.in(2)) : null;
      out = memory.of(node.out(0));
      boolean transposed = ((MatMul.Dense) node.op()).transposed();
      rows = node.out(0).shape().sizeBefore(-1);
      k = node.in(0).shape().dim(-1);
      n = node.out(0).shape().dim(-1);
      addendIsRow = addend != null && node.in(2).shape().size() == n;
      weightVaries = node.in(1).loop() != null;
      boolean repeated = node.out(0).loop() != null && !weightVaries;
      gemm = new Gemm(k, n, transposed);
      packs = repeated || gemm.wantsPacking(rows);
      packed = memory.scratch(node, packs ? gemm.packedFloats() : 0);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public int prepareUnits() {
      return packs ? gemm.panels() : 0;
    }

    @Override
    public boolean preparesEveryStep() {
      return weightVaries;
    }

    @Override
    public void prepare(int t, int from, int to) {
      gemm.pack(weight.data(), weight.at(t), packed.data(), packed.at(t), from, to);
    }

    @Override
    public void run(int t, int from, int to) {
      float[] a = x.data();
      float[] c = out.data();
      for (int row = from; row < to; row += Gemm.HEIGHT) {
        int count = Math.min(Gemm.HEIGHT, to - row);
        int aAt = x.at(t) + row * k;
        int cAt = out.at(t) + row * n;
        begin(t, row, count, c, cAt);
        if (packs) {
          gemm.multiply(a, aAt, packed.data(), packed.at(t), c, cAt, count);
        } else {
          gemm.multiplyUnpacked(a, aAt, weight.data(), weight.at(t), c, cAt, count);
        }
      }
    }

    /** What the products are added to. */
    private void begin(int t, int row, int count, float[] c, int at) {
      if (addend == null) {
        Arrays.fill(c, at, at + count * n, 0);
      } else if (addendIsRow) {
        for (int i = 0; i < count; i++) {
          Strips.copy(addend.data(), addend.at(t), c, at + i * n, n);
        }
      } else {
        System.arraycopy(addend.data(), addend.at(t) + row * n, c, at, count * n);
      }
    }
  }

  /**
   * A unit is a row of the result. Prepared are, first, the panels of d and, then, x transposed,
   * which makes it an ordinary product.
   */
  static final class WeightGradient implements Kernel {
    private final Operand x;
    private final Operand d;
    private final Operand out;
    private final Operand packed;
    private final Gemm gemm;
    private final int rows;
    private final int k;
    private final int n;
    private final int transposedAt;

    WeightGradient(Node node, Memory memory) {
      x = memory.of(node.in(0));
      d = memory.of(node.in(1));
      out = memory.of(node.out(0));
      rows = node.in(0).shape().sizeBefore(-1);
      k = node.out(0).shape().dim(0);
      n = node.out(0).shape().dim(1);
      gemm = new Gemm(rows, n, false);
      transposedAt = gemm.packedFloats();
      packed = memory.scratch(node, Math.addExact(transposedAt, Math.multiplyExact(k, rows)));
    }

    @Override
    public int units() {
      return k;
    }

    @Override
    public int prepareUnits() {
      return gemm.panels() + Gemm.panels(k);
    }

    @Override
    public void prepare(int t, int from, int to) {
      int panels = gemm.panels();
      float[] scratch = packed.data();
      if (from < panels) {
        gemm.pack(d.data(), d.at(t), scratch, packed.at(t), from, Math.min(to, panels));
      }
      for (int panel = Math.max(from, panels); panel < to; panel++) {
        int column = (panel - panels) * Tile.COLUMNS;
        int columns = Math.min(Tile.COLUMNS, k - column);
        int xAt = x.at(t) + column;
        int at = packed.at(t) + transposedAt + column * rows;
        Transposed.copy(x.data(), xAt, k, rows, columns, scratch, at, rows);
      }
    }

    @Override
    public void run(int t, int from, int to) {
      float[] scratch = packed.data();
      float[] c = out.data();
      int aAt = packed.at(t) + transposedAt + from * rows;
      int cAt = out.at(t) + from * n;
      Arrays.fill(c, cAt, out.at(t) + to * n, 0);
      gemm.multiply(scratch, aAt, scratch, packed.at(t), c, cAt, to - from);
    }
  }

  /** A unit is a batch element; what it packs lies in {@link ThreadScratch}. */
  static final class Batched implements Kernel {
    private final Operand left;
    private final Operand right;
    private final Operand out;
    private final boolean transposeA;
    private final boolean packs;
    private final Gemm gemm;
    private final int batch;
    private final int m;
    private final int k;
    private final int n;

    Batched(Node node, Memory memory) {
      MatMul.Batched op = (MatMul.Batched) node.op();
      left = memory.of(node.in(0));
      right = memory.of(node.in(1));
      out = memory.of(node.out(0));
      transposeA = op.transposeA();
      batch = node.out(0).shape().sizeBefore(-2);
      m = node.out(0).shape().dim(-2);
      n = node.out(0).shape().dim(-1);
      k = node.in(0).shape().dim(transposeA ? -2 : -1);
      gemm = new Gemm(k, n, op.transposeB());
      packs = gemm.wantsPacking(m);
    }

    @Override
    public int units() {
      return batch;
    }

    @Override
    public void run(int t, int from, int to) {
      int packedFloats = packs ? gemm.packedFloats() : 0;
      float[] scratch = ThreadScratch.floats(packedFloats + (transposeA ? m * k : 0));
      for (int i = from; i < to; i++) {
        float[] a = left.data();
        int aAt = left.at(t) + i * m * k;
        if (transposeA) {
          Transposed.copy(a, aAt, m, k, m, scratch, packedFloats, k);
          a = scratch;
          aAt = packedFloats;
        }
        multiply(a, aAt, right.data(), right.at(t) + i * k * n, scratch, out.at(t) + i * m * n);
      }
    }

    private void multiply(float[] a, int aAt, float[] b, int bAt, float[] scratch, int cAt) {
      float[] c = out.data();
      Arrays.fill(c, cAt, cAt + m * n, 0);
      if (packs) {
        gemm.pack(b, bAt, scratch, 0, 0, gemm.panels());
        gemm.multiply(a, aAt, scratch, 0, c, cAt, m);
      } else {
        gemm.multiplyUnpacked(a, aAt, b, bAt, c, cAt, m);
      }
    }
  }
}
