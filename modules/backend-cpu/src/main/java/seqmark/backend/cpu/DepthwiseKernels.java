package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.op.DepthwiseConvolution;

/** Kernels of {@link DepthwiseConvolution}. */
final class DepthwiseKernels {
  private DepthwiseKernels() {}

  /** A unit is a position in time of a sequence. */
  static final class Causal implements Kernel {
    private final Operand in;
    private final Operand weight;
    private final Operand bias;
    private final Operand out;
    private final boolean anticausal;
    private final int positions;
    private final int length;
    private final int width;
    private final int taps;

    // Floats from one position to the next.
    private final int inDistance;
    private final int outDistance;

    Causal(Node n, Memory memory) {
      anticausal = ((DepthwiseConvolution.Causal) n.op()).anticausal();
      in = memory.of(n.in(0));
      weight = memory.of(n.in(1));
      bias = n.in().size() == 3 ? memory.of(n.in(2)) : null;
      out = memory.of(n.out(0));
      positions = n.out(0).shape().sizeBefore(-1);
      length = n.out(0).shape().dim(-2);
      width = n.out(0).shape().dim(-1);
      taps = n.in(1).shape().dim(0);
      inDistance = in.distance();
      outDistance = out.distance();
    }

    @Override
    public int units() {
      return positions;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] w = weight.data();
      for (int i = from; i < to; i++) {
        int inside = anticausal ? length - 1 - i % length : i % length;
        int k = Math.max(0, taps - 1 - inside);
        int back = anticausal ? k + 1 - taps : taps - 1 - k;
        int x = in.at(t) + (i - back) * inDistance;
        int y = out.at(t) + i * outDistance;
        int step = anticausal ? -inDistance : inDistance;
        begin(t, y);
        for (; k + 4 <= taps; k += 4, x += 4 * step) {
          addFour(in.data(), x, step, w, weight.at(t) + k * width, out.data(), y, width);
        }
        for (; k < taps; k++, x += step) {
          int tap = weight.at(t) + k * width;
          Strips.multiplyAdd(in.data(), x, w, tap, out.data(), y, out.data(), y, width);
        }
      }
    }

    private void begin(int t, int y) {
      if (bias == null) {
        Arrays.fill(out.data(), y, y + width, 0);
      } else {
        Strips.copy(bias.data(), bias.at(t), out.data(), y, width);
      }
    }

    /** Adds to y what four taps make of rows of x that lie {@code step} apart. */
    private static void addFour(
        float[] x, int x0, int step, float[] w, int w0, float[] y, int y0, int n) {
      int whole = Lanes.whole(n);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector sum = fromArray(SPECIES, y, y0 + i);
        sum = fromArray(SPECIES, w, w0 + i).fma(fromArray(SPECIES, x, x0 + i), sum);
        sum = fromArray(SPECIES, w, w0 + n + i).fma(fromArray(SPECIES, x, x0 + step + i), sum);
        FloatVector third = fromArray(SPECIES, x, x0 + 2 * step + i);
        sum = fromArray(SPECIES, w, w0 + 2 * n + i).fma(third, sum);
        FloatVector last = fromArray(SPECIES, x, x0 + 3 * step + i);
        fromArray(SPECIES, w, w0 + 3 * n + i).fma(last, sum).intoArray(y, y0 + i);
      }
      for (int i = whole; i < n; i++) {
        float sum = y[y0 + i];
        for (int k = 0; k < 4; k++) {
          sum = Math.fma(w[w0 + k * n + i], x[x0 + k * step + i], sum);
        }
        y[y0 + i] = sum;
      }
    }
  }

  /** A unit is a channel, whose products are added in the order of positions. */
  static final class WeightGradient implements Kernel {
    /** Positions taken at a time, so that they stay in the first-level cache. */
    private static final int ROWS = 32;

    private final Operand in;
    private final Operand gradient;
    private final Operand out;
    private final int positions;
    private final int length;
    private final int width;
    private final int taps;

    // Floats from one position to the next.
    private final int inDistance;
    private final int gradientDistance;

    WeightGradient(Node n, Memory memory) {
      in = memory.of(n.in(0));
      gradient = memory.of(n.in(1));
      out = memory.of(n.out(0));
      positions = n.in(0).shape().sizeBefore(-1);
      length = n.in(0).shape().dim(-2);
      width = n.in(0).shape().dim(-1);
      taps = n.out(0).shape().dim(0);
      inDistance = in.distance();
      gradientDistance = gradient.distance();
    }

    @Override
    public int units() {
      return width;
    }

    @Override
    public void run(int t, int from, int to) {
      for (int k = 0; k < taps; k++) {
        int y = out.at(t) + k * width + from;
        Arrays.fill(out.data(), y, y + to - from, 0);
      }
      for (int i = 0; i < positions; i += length) {
        int full = Math.min(length, taps - 1);
        for (int j = i; j < i + full; j++) {
          for (int k = taps - 1 - (j - i); k < taps; k++) {
            addRows(t, from, to, j, 1, k);
          }
        }
        for (int j = i + full; j < i + length; j += ROWS) {
          addRows(t, from, to, j, Math.min(ROWS, i + length - j));
        }
      }
    }

    /** Adds the products of {@code rows} positions, before which there is one for every tap. */
    private void addRows(int t, int from, int to, int position, int rows) {
      int n = to - from;
      int d = gradient.at(t) + position * gradientDistance + from;
      int x = in.at(t) + position * inDistance + from;
      Strips.fetch(gradient.data(), d, gradientDistance, rows, n);
      Strips.fetch(in.data(), x, inDistance, rows, n);
      int k = 0;
      for (; k + 4 <= taps; k += 4) {
        int first = x - (taps - 1 - k) * inDistance;
        int y = out.at(t) + k * width + from;
        addFour(in.data(), first, gradient.data(), d, rows, out.data(), y, n);
      }
      for (; k < taps; k++) {
        addRows(t, from, to, position, rows, k);
      }
    }

    /** The same for one tap. */
    private void addRows(int t, int from, int to, int position, int rows, int k) {
      float[] y = out.data();
      int tap = out.at(t) + k * width + from;
      for (int i = position; i < position + rows; i++) {
        int d = gradient.at(t) + i * gradientDistance + from;
        int x = in.at(t) + (i - (taps - 1 - k)) * inDistance + from;
        Strips.multiplyAdd(in.data(), x, gradient.data(), d, y, tap, y, tap, to - from);
      }
    }

    /** Four taps of a few channels at a time, whose sums stay in registers. */
    private void addFour(float[] x, int x0, float[] d, int d0, int rows, float[] y, int y0, int n) {
      int ldx = inDistance;
      int ldd = gradientDistance;
      int whole = Lanes.whole(n);
      for (int c = 0; c < whole; c += LENGTH) {
        FloatVector sum0 = fromArray(SPECIES, y, y0 + c);
        FloatVector sum1 = fromArray(SPECIES, y, y0 + width + c);
        FloatVector sum2 = fromArray(SPECIES, y, y0 + 2 * width + c);
        FloatVector sum3 = fromArray(SPECIES, y, y0 + 3 * width + c);
        for (int i = 0; i < rows; i++) {
          int at = x0 + i * ldx + c;
          FloatVector to = fromArray(SPECIES, d, d0 + i * ldd + c);
          sum0 = to.fma(fromArray(SPECIES, x, at), sum0);
          sum1 = to.fma(fromArray(SPECIES, x, at + ldx), sum1);
          sum2 = to.fma(fromArray(SPECIES, x, at + 2 * ldx), sum2);
          sum3 = to.fma(fromArray(SPECIES, x, at + 3 * ldx), sum3);
        }
        sum0.intoArray(y, y0 + c);
        sum1.intoArray(y, y0 + width + c);
        sum2.intoArray(y, y0 + 2 * width + c);
        sum3.intoArray(y, y0 + 3 * width + c);
      }
      for (int c = whole; c < n; c++) {
        for (int k = 0; k < 4; k++) {
          float sum = y[y0 + k * width + c];
          for (int i = 0; i < rows; i++) {
            sum = Math.fma(x[x0 + (i + k) * ldx + c], d[d0 + i * ldd + c], sum);
          }
          y[y0 + k * width + c] = sum;
        }
      }
    }
  }
}
