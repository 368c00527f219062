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
    }

    @Override
    public int units() {
      return positions;
    }

    @Override
    public void run(int t, int from, int to) {
      for (int i = from; i < to; i++) {
        int y = out.at(t) + i * width;
        if (bias == null) {
          Arrays.fill(out.data(), y, y + width, 0);
        } else {
          Strips.copy(bias.data(), bias.at(t), out.data(), y, width);
        }
        int inside = anticausal ? length - 1 - i % length : i % length;
        int first = Math.max(0, taps - 1 - inside);
        int back = anticausal ? first + 1 - taps : taps - 1 - first;
        int x = in.at(t) + (i - back) * width;
        int w = weight.at(t) + first * width;
        addTaps(in.data(), x, weight.data(), w, taps - first, out.data(), y);
      }
    }

    /**
     * Adds {@code count} products to y, of rows that follow each other in w and, so or so, in x.
     */
    private void addTaps(float[] x, int x0, float[] w, int w0, int count, float[] y, int y0) {
      int step = anticausal ? -width : width;
      int whole = Lanes.whole(width);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector sum = fromArray(SPECIES, y, y0 + i);
        for (int k = 0; k < count; k++) {
          FloatVector tap = fromArray(SPECIES, w, w0 + k * width + i);
          sum = fromArray(SPECIES, x, x0 + k * step + i).fma(tap, sum);
        }
        sum.intoArray(y, y0 + i);
      }
      for (int i = whole; i < width; i++) {
        float sum = y[y0 + i];
        for (int k = 0; k < count; k++) {
          sum = Math.fma(x[x0 + k * step + i], w[w0 + k * width + i], sum);
        }
        y[y0 + i] = sum;
      }
    }
  }

  /** A unit is a channel, whose products are added in the order of positions. */
  static final class WeightGradient implements Kernel {
    private final Operand in;
    private final Operand gradient;
    private final Operand out;
    private final int positions;
    private final int length;
    private final int width;
    private final int taps;

    WeightGradient(Node n, Memory memory) {
      in = memory.of(n.in(0));
      gradient = memory.of(n.in(1));
      out = memory.of(n.out(0));
      positions = n.in(0).shape().sizeBefore(-1);
      length = n.in(0).shape().dim(-2);
      width = n.in(0).shape().dim(-1);
      taps = n.out(0).shape().dim(0);
    }

    @Override
    public int units() {
      return width;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = out.data();
      int yAt = out.at(t) + from;
      int n = to - from;
      for (int k = 0; k < taps; k++) {
        Arrays.fill(y, yAt + k * width, yAt + k * width + n, 0);
      }
      for (int i = 0; i < positions; i++) {
        int d = gradient.at(t) + i * width + from;
        for (int k = Math.max(0, taps - 1 - i % length); k < taps; k++) {
          int x = in.at(t) + (i - (taps - 1 - k)) * width + from;
          int tap = yAt + k * width;
          Strips.multiplyAdd(in.data(), x, gradient.data(), d, y, tap, y, tap, n);
        }
      }
    }
  }
}
