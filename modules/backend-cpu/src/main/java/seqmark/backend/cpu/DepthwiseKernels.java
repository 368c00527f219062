package seqmark.backend.cpu;

import static seqmark.backend.cpu.Lanes.LENGTH;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.DepthwiseConvolution;

/** Kernels of {@link DepthwiseConvolution}. */
final class DepthwiseKernels {
  /** Steps taken at a time, so that they stay in the first-level cache. */
  private static final int ROWS = 32;

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

    /** The positions from one on that are taken at a time, before {@code end}: of a sequence. */
    int rows(int position, int end) {
      return Math.min(Math.min(ROWS, end - position), length - position % length);
    }

    /** Rows of y, ldy apart, before the SiLU. */
    void rows(int t, int position, int rows, float[] y, int y0, int ldy) {
      int ldx = x.distance();
      int x0 = x.at(t) + position * ldx;
      Strips.fetch(x.data(), x0, ldx, rows, width);
      int back = taps.count() - 1;
      int first = Math.clamp(back - position % length, 0, rows);
      for (int i = 0; i < first; i++) {
        int inside = position % length + i;
        int k = back - inside;
        int start = x0 + (i - inside) * ldx;
        taps.row(t, k, bias.data(), bias.at(t), x.data(), start, ldx, y, y0 + i * ldy);
      }
      if (first < rows) {
        int start = x0 + (first - back) * ldx;
        int at = y0 + first * ldy;
        taps.rows(t, bias.data(), bias.at(t), x.data(), start, ldx, rows - first, y, at, ldy);
      }
    }

    /** Sets rows of y to 0 that are padding. */
    void hide(int t, int position, int rows, float[] y, int y0, int ldy) {
      int at = mask.at(t) + position;
      for (int i = 0; i < rows; i++) {
        if (mask.data()[at + i] == 0) {
          Arrays.fill(y, y0 + i * ldy, y0 + i * ldy + width, 0);
        }
      }
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
      int ldy = out.distance();
      for (int i = from; i < to; ) {
        int rows = convolved.rows(i, to);
        int at = out.at(t) + i * ldy;
        convolved.rows(t, i, rows, y, at, ldy);
        if (ldy == convolved.width) {
          Silu.apply(y, at, y, at, rows * ldy);
        } else {
          for (int row = at; row < at + rows * ldy; row += ldy) {
            Silu.apply(y, row, y, row, convolved.width);
          }
        }
        convolved.hide(t, i, rows, y, at, ldy);
        i += rows;
      }
    }
  }

  /**
   * Prepared are sequences, from the last steps to the first, with sums of their own for weight and
   * bias {@code [K + 1, D]}. A unit is an element of these sums, which are added in the order of
   * sequences.
   */
  static final class CausalSiluGradient implements Kernel {
    private final Convolved convolved;
    private final Taps taps;
    private final int width;
    private final Operand gradient;
    private final Operand dx;
    private final PartialSums sums;

    // In thread scratch: rows before the SiLU and their sigmoid, a row of zeros, and the gradient
    // before the SiLU of some steps and of those behind that read them, [ROWS + K - 1][width].
    private final int convolvedAt = ThreadScratch.START + LENGTH;
    private final int sigmoidAt;
    private final int zerosAt;
    private final int dAt;

    CausalSiluGradient(Node n, Memory memory) {
      convolved = new Convolved(n, 1, memory);
      taps = convolved.taps;
      width = convolved.width;
      gradient = memory.of(n.in(0));
      dx = memory.of(n.out(0));
      int weights = taps.count() * width;
      Operand scratch = memory.scratch(n, convolved.sequences * (weights + width));
      sums =
          new PartialSums(
              scratch,
              convolved.sequences,
              memory.of(n.out(1)),
              weights,
              memory.of(n.out(2)),
              width);
      sigmoidAt = convolvedAt + ROWS * width;
      zerosAt = sigmoidAt + ROWS * width;
      dAt = zerosAt + width;
    }

    @Override
    public int prepareUnits() {
      return convolved.sequences;
    }

    @Override
    public void prepare(int t, int from, int to) {
      int behind = (taps.count() - 1) * width;
      float[] s = ThreadScratch.floats(dAt + ROWS * width + behind);
      Arrays.fill(s, zerosAt, dAt, 0);
      for (int i = from; i < to; i++) {
        int sum = sums.begin(t, i);
        Arrays.fill(s, dAt, dAt + behind, 0);
        for (int end = convolved.length; end > 0; ) {
          int start = (end - 1) / ROWS * ROWS;
          int rows = end - start;
          int position = i * convolved.length + start;
          System.arraycopy(s, dAt, s, dAt + rows * width, behind);
          before(t, s, position, rows);
          int last = dx.at(t) + (position + rows - 1) * dx.distance();
          int read = dAt + (rows - 1) * width + behind;
          taps.rows(t, s, zerosAt, s, read, -width, rows, dx.data(), last, -dx.distance());
          addUp(t, s, position, rows, sum);
          end = start;
        }
      }
    }

    /** The gradient before the SiLU. */
    private void before(int t, float[] s, int position, int rows) {
      float[] d = gradient.data();
      int ld = gradient.distance();
      int from = gradient.at(t) + position * ld;
      Strips.fetch(d, from, ld, rows, width);
      convolved.rows(t, position, rows, s, convolvedAt, width);
      Functions.sigmoid(s, convolvedAt, s, sigmoidAt, rows * width);
      int together = ld == width ? rows : 1;
      for (int i = 0; i < rows; i += together) {
        int at = i * width;
        int n = together * width;
        Silu.through(d, from + i * ld, s, convolvedAt + at, s, sigmoidAt + at, s, dAt + at, n);
      }
      convolved.hide(t, position, rows, s, dAt, width);
    }

    /** What some rows add to the sums; the first rows of a sequence have fewer before them. */
    private void addUp(int t, float[] s, int position, int rows, int sum) {
      float[] x = convolved.x.data();
      int ldx = convolved.x.distance();
      int x0 = convolved.x.at(t) + position * ldx;
      int back = taps.count() - 1;
      int inside = position % convolved.length;
      int first = Math.clamp(back - inside, 0, rows);
      for (int i = 0; i < first; i++) {
        for (int k = back - inside - i; k <= back; k++) {
          int at = x0 + (i - (back - k)) * ldx;
          taps.addProducts(k, x, at, ldx, s, dAt + i * width, 1, sums.data(), sum);
        }
      }
      int d = dAt + first * width;
      int at = x0 + (first - back) * ldx;
      taps.addProducts(x, at, ldx, s, d, rows - first, sums.data(), sum);
      int bias = sum + taps.count() * width;
      Strips.addRows(s, dAt, rows, width, sums.data(), bias);
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
