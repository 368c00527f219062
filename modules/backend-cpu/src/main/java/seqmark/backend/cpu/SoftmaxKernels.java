package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.op.Normalize;

/** Kernels of {@link Normalize.Softmax} and its gradient. A unit is a row. */
final class SoftmaxKernels {
  private SoftmaxKernels() {}

  static final class Softmax implements Kernel {
    private final Operand scores;
    private final Operand mask;
    private final Operand out;
    private final int rows;
    private final int width;

    Softmax(Node n, Memory memory) {
      scores = memory.of(n.in(0));
      mask = n.in().size() == 2 ? memory.of(n.in(1)) : null;
      out = memory.of(n.out(0));
      width = n.out(0).shape().dim(-1);
      rows = n.out(0).shape().size() / width;
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = out.data();
      for (int row = from; row < to; row++) {
        int yAt = out.at(t) + row * width;
        int xAt = scores.at(t) + row * width;
        if (mask == null) {
          Strips.copy(scores.data(), xAt, y, yAt, width);
        } else {
          hide(scores.data(), xAt, mask.data(), mask.at(t) + row * width, y, yAt, width);
        }
        float max = Strips.max(y, yAt, width);
        if (max == Float.NEGATIVE_INFINITY) {
          Arrays.fill(y, yAt, yAt + width, 0);
        } else {
          Functions.exp(1, y, yAt, -max, y, yAt, width);
          Strips.affine(1 / Strips.sum(y, yAt, width), y, yAt, 0, y, yAt, width);
        }
      }
    }

    /** Scores that do not count become minus infinity, of which the exponential is 0. */
    private static void hide(float[] x, int x0, float[] mask, int m0, float[] y, int y0, int n) {
      int whole = Lanes.whole(n);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector seen = fromArray(SPECIES, mask, m0 + i);
        FloatVector score = fromArray(SPECIES, x, x0 + i);
        score.blend(Float.NEGATIVE_INFINITY, seen.compare(EQ, 0f)).intoArray(y, y0 + i);
      }
      for (int i = whole; i < n; i++) {
        y[y0 + i] = mask[m0 + i] == 0 ? Float.NEGATIVE_INFINITY : x[x0 + i];
      }
    }
  }

  static final class SoftmaxGradient implements Kernel {
    private final Operand result;
    private final Operand gradient;
    private final Operand out;
    private final int rows;
    private final int width;

    SoftmaxGradient(Node n, Memory memory) {
      result = memory.of(n.in(0));
      gradient = memory.of(n.in(1));
      out = memory.of(n.out(0));
      width = n.out(0).shape().dim(-1);
      rows = n.out(0).shape().size() / width;
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = result.data();
      float[] d = gradient.data();
      for (int row = from; row < to; row++) {
        int yAt = result.at(t) + row * width;
        int dAt = gradient.at(t) + row * width;
        float dot = Strips.dot(y, yAt, d, dAt, width);
        weigh(y, yAt, d, dAt, dot, out.data(), out.at(t) + row * width, width);
      }
    }

    /** {@code z = y * (d - dot)}. */
    static void weigh(float[] y, int y0, float[] d, int d0, float dot, float[] z, int z0, int n) {
      int whole = Lanes.whole(n);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector apart = fromArray(SPECIES, d, d0 + i).sub(dot);
        fromArray(SPECIES, y, y0 + i).mul(apart).intoArray(z, z0 + i);
      }
      for (int i = whole; i < n; i++) {
        z[z0 + i] = y[y0 + i] * (d[d0 + i] - dot);
      }
    }
  }
}
