package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.DepthwiseConvolution;

/** Kernels of {@link DepthwiseConvolution}. */
final class DepthwiseKernels {
  private DepthwiseKernels() {}

  /** What a convolution reads, of operands that begin with operand {@code first} of a node. */
  private static final class Convolved {
    final int sequences;
    final int length;
    final int width;
    final Operand x;
    final Taps taps;
    private final Operand bias;
    private final Operand mask;

    Convolved(Node n, int first, Memory memory) {
      sequences = n.in(first).shape().dim(0);
      length = n.in(first).shape().dim(1);
      width = n.in(first).shape().dim(2);
      x = memory.of(n.in(first));
      taps = new Taps(memory.of(n.in(first + 1)), n.in(first + 1).shape().dim(0), width);
      bias = memory.of(n.in(first + 2));
      mask = memory.of(n.in(first + 3));
    }

    boolean isPadding(int t, int position) {
      return mask.data()[mask.at(t) + position] == 0;
    }

    /** Row y of a position, before the SiLU. */
    void row(int t, int position, float[] y, int y0) {
      int k = Math.max(0, taps.count() - 1 - position % length);
      int first = position - (taps.count() - 1 - k);
      Strips.copy(bias.data(), bias.at(t), y, y0, width);
      taps.add(t, k, x.data(), x.at(t) + first * x.distance(), x.distance(), y, y0);
    }
  }

  /** A unit is a position in time of a sequence. */
  static final class CausalSilu implements Kernel {
    private final Convolved convolved;
    private final Operand out;

    CausalSilu(Node n, Memory memory) {
      convolved = new Convolved(n, 0, memory);
      out = memory.of(n.out(0));
    }

    @Override
    public int units() {
      return convolved.sequences * convolved.length;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = out.data();
      for (int i = from; i < to; i++) {
        int at = out.at(t) + i * out.distance();
        if (convolved.isPadding(t, i)) {
          Arrays.fill(y, at, at + convolved.width, 0);
        } else {
          convolved.row(t, i, y, at);
          Silu.apply(y, at, y, at, convolved.width);
        }
      }
    }
  }

  /**
   * Prepared are sequences, from the last steps to the first, with sums of their own for weight and
   * bias {@code [K + 1, D]}. A unit is an element of these sums, which are added in the order of
   * sequences.
   */
  static final class CausalSiluGradient implements Kernel {
    /** Steps taken at a time, so that they stay in the first-level cache. */
    private static final int ROWS = 32;

    private final Convolved convolved;
    private final Taps taps;
    private final int width;
    private final Operand gradient;
    private final Operand dx;
    private final Operand dWeight;
    private final Operand dBias;
    private final Operand sums;

    /** Floats of a sequence's sums. */
    private final int floats;

    // In thread scratch: a row before the SiLU and its sigmoid, then the gradient before the SiLU
    // of
    // some steps and of those behind that read them: [ROWS + K - 1][width].
    private final int sigmoidAt;
    private final int dAt;

    CausalSiluGradient(Node n, Memory memory) {
      convolved = new Convolved(n, 1, memory);
      taps = convolved.taps;
      width = convolved.width;
      gradient = memory.of(n.in(0));
      dx = memory.of(n.out(0));
      dWeight = memory.of(n.out(1));
      dBias = memory.of(n.out(2));
      floats = (taps.count() + 1) * width;
      sums = memory.scratch(n, convolved.sequences * floats);
      sigmoidAt = Silu.SCRATCH + width;
      dAt = sigmoidAt + width;
    }

    @Override
    public int prepareUnits() {
      return convolved.sequences;
    }

    @Override
    public void prepare(int t, int from, int to) {
      float[] s = ThreadScratch.floats(dAt + (ROWS + taps.count() - 1) * width);
      for (int i = from; i < to; i++) {
        int sum = sums.at(t) + i * floats;
        Arrays.fill(sums.data(), sum, sum + floats, 0);
        int behind = (taps.count() - 1) * width;
        Arrays.fill(s, dAt, dAt + behind, 0);
        for (int end = convolved.length; end > 0; ) {
          int start = (end - 1) / ROWS * ROWS;
          System.arraycopy(s, dAt, s, dAt + (end - start) * width, behind);
          rows(t, s, i * convolved.length + start, end - start, sum);
          end = start;
        }
      }
    }

    private void rows(int t, float[] s, int position, int rows, int sum) {
      Strips.fetch(
          gradient.data(),
          gradient.at(t) + position * gradient.distance(),
          gradient.distance(),
          rows,
          width);
      for (int i = 0; i < rows; i++) {
        before(t, s, position + i, dAt + i * width);
      }
      int behind = (taps.count() - 1) * width;
      for (int i = 0; i < rows; i++) {
        int at = dx.at(t) + (position + i) * dx.distance();
        Arrays.fill(dx.data(), at, at + width, 0);
        taps.add(t, 0, s, dAt + i * width + behind, -width, dx.data(), at);
      }
      addUp(t, s, position, rows, sum);
    }

    /** The gradient before the SiLU at a position. */
    private void before(int t, float[] s, int position, int d) {
      if (convolved.isPadding(t, position)) {
        Arrays.fill(s, d, d + width, 0);
        return;
      }
      convolved.row(t, position, s, Silu.SCRATCH);
      Functions.sigmoid(s, Silu.SCRATCH, s, sigmoidAt, width);
      int from = gradient.at(t) + position * gradient.distance();
      Silu.through(gradient.data(), from, s, Silu.SCRATCH, s, sigmoidAt, s, d, width);
    }

    /** What some rows add to the sums; the first rows of a sequence have no rows before them. */
    private void addUp(int t, float[] s, int position, int rows, int sum) {
      float[] x = convolved.x.data();
      int ldx = convolved.x.distance();
      int x0 = convolved.x.at(t) + position * ldx;
      int back = taps.count() - 1;
      int first = position % convolved.length == 0 ? Math.min(back, rows) : 0;
      for (int i = 0; i < first; i++) {
        for (int k = back - i; k <= back; k++) {
          int at = x0 + (i - (back - k)) * ldx;
          taps.addProducts(k, x, at, ldx, s, dAt + i * width, 1, sums.data(), sum);
        }
      }
      int d = dAt + first * width;
      int at = x0 + (first - back) * ldx;
      taps.addProducts(x, at, ldx, s, d, rows - first, sums.data(), sum);
      int bias = sum + taps.count() * width;
      for (int i = 0; i < rows; i++) {
        Strips.add(sums.data(), bias, s, dAt + i * width, sums.data(), bias, width);
      }
    }

    @Override
    public int units() {
      return floats;
    }

    @Override
    public void run(int t, int from, int to) {
      int weights = Math.min(to, taps.count() * width);
      if (from < weights) {
        addUp(t, from, weights, dWeight, from);
      }
      int bias = Math.max(from, taps.count() * width);
      if (bias < to) {
        addUp(t, bias, to, dBias, bias - taps.count() * width);
      }
    }

    private void addUp(int t, int from, int to, Operand out, int offset) {
      float[] y = out.data();
      int at = out.at(t) + offset;
      Arrays.fill(y, at, at + to - from, 0);
      for (int i = 0; i < convolved.sequences; i++) {
        Strips.add(sums.data(), sums.at(t) + i * floats + from, y, at, y, at, to - from);
      }
    }
  }
}
