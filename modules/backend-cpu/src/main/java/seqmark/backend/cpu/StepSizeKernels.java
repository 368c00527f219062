package seqmark.backend.cpu;

import static seqmark.backend.cpu.Lanes.LENGTH;

import seqmark.compute.Node;
import seqmark.compute.op.StepSize;

/** Kernels of {@link StepSize}. */
final class StepSizeKernels {
  /** Rows taken at a time, so that they stay in the first-level cache. */
  private static final int ROWS = 32;

  /** Rows that have sums of their own. */
  private static final int PART = 4 * ROWS;

  private StepSizeKernels() {}

  /** A unit is a row. */
  static final class Projected implements Kernel {
    private final NarrowMap map;
    private final Operand in;
    private final Operand bias;
    private final Operand out;
    private final int rows;

    Projected(Node n, Memory memory) {
      in = memory.of(n.in(0));
      map = new NarrowMap(memory.of(n.in(1)), n.in(1).shape().dim(0), n.in(1).shape().dim(1));
      bias = memory.of(n.in(2));
      out = memory.of(n.out(0));
      rows = n.out(0).shape().sizeBefore(-1);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = out.data();
      int ldx = in.distance();
      for (int i = from; i < to; i += ROWS) {
        int n = Math.min(ROWS, to - i);
        int x = in.at(t) + i * ldx;
        int at = out.at(t) + i * map.width();
        map.rows(t, bias.data(), bias.at(t), in.data(), x, ldx, n, y, at);
        Softplus.apply(y, at, y, at, n * map.width());
      }
    }
  }

  /** Prepared are parts of the rows; a unit is an element of the sums over them. */
  static final class ProjectedGradient implements Kernel {
    private final NarrowMap map;
    private final Operand gradient;
    private final Operand result;
    private final Operand in;
    private final Operand dIn;
    private final PartialSums sums;
    private final int rows;

    ProjectedGradient(Node n, Memory memory) {
      int rank = n.in(3).shape().dim(0);
      int width = n.in(3).shape().dim(1);
      gradient = memory.of(n.in(0));
      result = memory.of(n.in(1));
      in = memory.of(n.in(2));
      map = new NarrowMap(memory.of(n.in(3)), rank, width);
      dIn = memory.of(n.out(0));
      rows = n.in(0).shape().sizeBefore(-1);
      int parts = Math.ceilDiv(rows, PART);
      Operand scratch = memory.scratch(n, parts * (rank + 1) * width);
      sums =
          new PartialSums(
              scratch, parts, memory.of(n.out(1)), rank * width, memory.of(n.out(2)), width);
    }

    @Override
    public int prepareUnits() {
      return Math.ceilDiv(rows, PART);
    }

    @Override
    public void prepare(int t, int from, int to) {
      float[] s = ThreadScratch.floats(ROWS * map.width() + LENGTH);
      for (int part = from; part < to; part++) {
        int sum = sums.begin(t, part);
        int end = Math.min(rows, (part + 1) * PART);
        for (int i = part * PART; i < end; i += ROWS) {
          rows(t, s, i, Math.min(ROWS, end - i), sum);
        }
      }
    }

    private void rows(int t, float[] s, int row, int n, int sum) {
      int d = ThreadScratch.START;
      int width = map.width();
      int size = n * width;
      Softplus.slope(result.data(), result.at(t) + row * width, s, d, size);
      Strips.multiply(gradient.data(), gradient.at(t) + row * width, s, d, s, d, size);
      int ld = dIn.distance();
      map.back(t, s, d, n, dIn.data(), dIn.at(t) + row * ld, ld);
      int x = in.at(t) + row * in.distance();
      map.addProducts(in.data(), x, in.distance(), s, d, n, sums.data(), sum);
      Strips.addRows(s, d, n, width, sums.data(), sum + map.rank() * width);
    }

    @Override
    public int units() {
      return sums.floats();
    }

    @Override
    public void run(int t, int from, int to) {
      sums.add(t, from, to);
    }
  }
}
