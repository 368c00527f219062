package seqmark.backend.cpu;

import seqmark.compute.Node;
import seqmark.compute.op.MatMul;

/** Kernels of {@link MatMul}. */
final class MatMulKernels {
  private MatMulKernels() {}

  /**
   * A unit is a row of x. In a loop, weights from outside are packed once for all steps and
   * threads. Outside of loops every thread packs for itself if it has rows enough: what another one
   * has just packed takes longer to come from its caches.
   */
  static final class Dense implements Kernel {
    /** Rows per thread for which it packs a weight by itself. */
    private static final int WORTH_PACKING_ALONE = 64;

    /** Floats of a packed weight up to which it does. */
    private static final int MOST_PACKED_ALONE = 1 << 20;

    private final Operand x;
    private final Operand weight;
    private final Operand addend;
    private final Operand out;
    private final Operand packed;
    private final Gemm gemm;
    private final boolean packsAlone;
    private final boolean packsTogether;
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
      boolean inLoop = node.out(0).loop() != null;
      boolean repeated = inLoop && !weightVaries;
      Windows windows = memory.windows(node.in(0));
      gemm = new Gemm(k, n, transposed, x.distance(), out.distance(), windows);
      boolean packs = Gemm.wantsPacking(rows, n, transposed) || repeated && rows > 1;
      packsAlone =
          packs
              && !inLoop
              && rows / memory.threads() >= WORTH_PACKING_ALONE
              && gemm.panels.floats() <= MOST_PACKED_ALONE;
      packsTogether = packs && !packsAlone;
      packed = memory.scratch(node, packsTogether ? gemm.panels.floats() : 0);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public int prepareUnits() {
      return packsTogether ? gemm.panels.count() : 0;
    }

    @Override
    public boolean preparesEveryStep() {
      return weightVaries;
    }

    @Override
    public void prepare(int t, int from, int to) {
      gemm.panels.pack(weight.data(), weight.at(t), packed.data(), packed.at(t), from, to);
    }

    @Override
    public void begin() {
      if (packsAlone) {
        float[] own = ThreadScratch.weights(gemm.panels.floats());
        int count = gemm.panels.count();
        gemm.panels.pack(weight.data(), weight.at(0), own, ThreadScratch.START, 0, count);
      }
    }

    @Override
    public void run(int t, int from, int to) {
      float[] a = x.data();
      int aAt = x.at(t);
      float[] d = addend == null ? gemm.zeros() : addend.data();
      int ldd = addend == null || addendIsRow ? 0 : addend.distance();
      int dAt = addend == null ? 0 : addend.at(t);
      float[] c = out.data();
      int cAt = out.at(t);
      if (packsAlone) {
        float[] own = ThreadScratch.weights(gemm.panels.floats());
        gemm.multiply(a, aAt, own, ThreadScratch.START, d, dAt, ldd, c, cAt, from, to);
      } else if (packsTogether) {
        gemm.multiply(a, aAt, packed.data(), packed.at(t), d, dAt, ldd, c, cAt, from, to);
      } else {
        float[] b = weight.data();
        int a0 = aAt + from * x.distance();
        int c0 = cAt + from * out.distance();
        gemm.multiplyUnpacked(a, a0, b, weight.at(t), d, dAt + from * ldd, ldd, c, c0, to - from);
      }
    }
  }

  /**
   * A unit is a few rows of the result. Some terms of its sums are taken at a time: so few that
   * what is packed of x and d stays in the second-level cache.
   */
  static final class WeightGradient implements Kernel {
    /** Floats of d that are packed at a time, if that leaves some terms. */
    private static final int PACKED = 1 << 18;

    private static final int LEAST_TERMS = 16;

    private final Operand x;
    private final Operand d;
    private final Operand out;
    private final Gemm gemm;
    private final int rows;
    private final int k;
    private final int n;
    private final int terms;

    WeightGradient(Node node, Memory memory) {
      x = memory.of(node.in(0));
      d = memory.of(node.in(1));
      out = memory.of(node.out(0));
      rows = node.in(0).shape().sizeBefore(-1);
      k = node.out(0).shape().dim(0);
      n = node.out(0).shape().dim(1);
      terms = Math.min(Math.clamp(PACKED / n, LEAST_TERMS, Gemm.DEPTH), rows);
      gemm = new Gemm(terms, n, false, x.distance(), n, memory.windows(node.in(0)));
    }

    @Override
    public int units() {
      return (k + StripTile.LEAST - 1) / StripTile.LEAST;
    }

    @Override
    public void run(int t, int from, int to) {
      int packedAt = ThreadScratch.START;
      float[] scratch = ThreadScratch.floats(gemm.panels.floats());
      float[] c = out.data();
      int row = from * StripTile.LEAST;
      int end = Math.min(to * StripTile.LEAST, k);
      int cAt = out.at(t);
      for (int first = 0; first < rows; first += terms) {
        int count = Math.min(terms, rows - first);
        int dAt = d.at(t) + first * d.distance();
        gemm.panels.packRows(d.data(), dAt, d.distance(), scratch, packedAt, count);
        float[] sum = first == 0 ? gemm.zeros() : c;
        int sumAt = first == 0 ? 0 : cAt;
        int lds = first == 0 ? 0 : n;
        gemm.multiplyTransposed(
            x.data(), x.at(t), first, scratch, packedAt, sum, sumAt, lds, c, cAt, row, end, count);
      }
    }
  }

  /** A unit is a batch row, whose terms lie a whole batch apart. */
  static final class BatchedWeightGradient implements Kernel {
    private final Operand x;
    private final Operand d;
    private final Operand out;
    private final Gemm gemm;
    private final int batch;
    private final int k;
    private final int n;
    private final int terms;

    BatchedWeightGradient(Node node, Memory memory) {
      x = memory.of(node.in(0));
      d = memory.of(node.in(1));
      out = memory.of(node.out(0));
      batch = node.out(0).shape().dim(0);
      k = node.out(0).shape().dim(1);
      n = node.out(0).shape().dim(2);
      terms = node.in(0).shape().sizeBefore(-2);
      gemm = new Gemm(terms, n, false, batch * k, n, null);
    }

    @Override
    public int units() {
      return batch;
    }

    @Override
    public void run(int t, int from, int to) {
      int packedAt = ThreadScratch.START;
      float[] packed = ThreadScratch.floats(gemm.panels.floats());
      float[] zeros = gemm.zeros();
      float[] c = out.data();
      for (int i = from; i < to; i++) {
        int xAt = x.at(t) + i * k;
        int cAt = out.at(t) + i * k * n;
        gemm.panels.packRows(d.data(), d.at(t) + i * n, batch * n, packed, packedAt, terms);
        gemm.multiplyTransposed(
            x.data(), xAt, 0, packed, packedAt, zeros, 0, 0, c, cAt, 0, k, terms);
      }
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
      gemm = new Gemm(k, n, op.transposeB(), transposeA ? m : k, n, null);
      packs = transposeA || Gemm.wantsPacking(m, n, op.transposeB());
    }

    @Override
    public int units() {
      return batch;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] scratch = ThreadScratch.floats(packs ? gemm.panels.floats() : 0);
      for (int i = from; i < to; i++) {
        int aAt = left.at(t) + i * m * k;
        multiply(aAt, right.at(t) + i * k * n, scratch, out.at(t) + i * m * n);
      }
    }

    private void multiply(int aAt, int bAt, float[] scratch, int cAt) {
      float[] a = left.data();
      float[] b = right.data();
      float[] c = out.data();
      int packedAt = ThreadScratch.START;
      float[] zeros = gemm.zeros();
      if (packs) {
        gemm.panels.pack(b, bAt, scratch, packedAt, 0, gemm.panels.count());
      }
      if (transposeA) {
        gemm.multiplyTransposed(a, aAt, 0, scratch, packedAt, zeros, 0, 0, c, cAt, 0, m, k);
      } else if (packs) {
        gemm.multiply(a, aAt, scratch, packedAt, zeros, 0, 0, c, cAt, 0, m);
      } else {
        gemm.multiplyUnpacked(a, aAt, b, bAt, zeros, 0, 0, c, cAt, m);
      }
    }
  }
}
