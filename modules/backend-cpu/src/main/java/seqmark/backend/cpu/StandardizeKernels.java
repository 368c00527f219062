package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.op.Standardize;

/** Kernels of {@link Standardize}. */
final class StandardizeKernels {
  private StandardizeKernels() {}

  /** A unit is a row. */
  static final class Rows implements Kernel {
    private final Operand in;
    private final Operand gain;
    private final Operand bias;
    private final Operand out;
    private final Operand scale;
    private final Operand mean;
    private final float epsilon;
    private final int rows;
    private final int width;

    Rows(Node n, Memory memory) {
      Standardize.Rows op = (Standardize.Rows) n.op();
      in = memory.of(n.in(0));
      gain = memory.of(n.in(1));
      bias = op.centred() ? memory.of(n.in(2)) : null;
      out = memory.of(n.out(0));
      scale = memory.of(n.out(1));
      mean = op.centred() ? memory.of(n.out(2)) : null;
      epsilon = op.epsilon();
      width = n.out(0).shape().dim(-1);
      rows = n.out(0).shape().size() / width;
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] x = in.data();
      float[] y = out.data();
      for (int row = from; row < to; row++) {
        int xAt = in.at(t) + row * width;
        int yAt = out.at(t) + row * width;
        if (mean == null) {
          float s = scale(Strips.dot(x, xAt, x, xAt, width));
          scale.data()[scale.at(t) + row] = s;
          Strips.multiply(x, xAt, gain.data(), gain.at(t), y, yAt, width);
          Strips.affine(s, y, yAt, 0, y, yAt, width);
        } else {
          float m = Strips.sum(x, xAt, width) / width;
          mean.data()[mean.at(t) + row] = m;
          Strips.affine(1, x, xAt, -m, y, yAt, width);
          float s = scale(Strips.dot(y, yAt, y, yAt, width));
          scale.data()[scale.at(t) + row] = s;
          Strips.affine(s, y, yAt, 0, y, yAt, width);
          float[] b = bias.data();
          Strips.multiplyAdd(y, yAt, gain.data(), gain.at(t), b, bias.at(t), y, yAt, width);
        }
      }
    }

    private float scale(float squares) {
      return (float) (1 / Math.sqrt(squares / width + epsilon));
    }
  }

  /** A unit is a row. */
  static final class RowsGradient implements Kernel {
    private final Operand gradient;
    private final Operand in;
    private final Operand gain;
    private final Operand scale;
    private final Operand mean;
    private final Operand out;
    private final int rows;
    private final int width;

    RowsGradient(Node n, Memory memory) {
      gradient = memory.of(n.in(0));
      in = memory.of(n.in(1));
      gain = memory.of(n.in(2));
      scale = memory.of(n.in(3));
      mean = n.in().size() == 5 ? memory.of(n.in(4)) : null;
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
      float[] h = ThreadScratch.floats(width);
      float[] z = out.data();
      for (int row = from; row < to; row++) {
        int dAt = gradient.at(t) + row * width;
        int zAt = out.at(t) + row * width;
        float s = scale.data()[scale.at(t) + row];
        float m = mean == null ? 0 : mean.data()[mean.at(t) + row];
        Strips.affine(s, in.data(), in.at(t) + row * width, -m * s, h, 0, width);
        Strips.multiply(gradient.data(), dAt, gain.data(), gain.at(t), z, zAt, width);
        float sum = mean == null ? 0 : Strips.sum(z, zAt, width);
        float dot = Strips.dot(z, zAt, h, 0, width);
        project(h, sum / width, dot / width, s, z, zAt, width);
      }
    }

    /** {@code z = s * (z - sum - h * dot)}: what would change mean or size of the row is lost. */
    private static void project(
        float[] h, float sum, float dot, float s, float[] z, int z0, int n) {
      FloatVector dots = broadcast(SPECIES, -dot);
      int whole = Lanes.whole(n);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector rest = fromArray(SPECIES, z, z0 + i).sub(sum);
        fromArray(SPECIES, h, i).fma(dots, rest).mul(s).intoArray(z, z0 + i);
      }
      for (int i = whole; i < n; i++) {
        z[z0 + i] = Math.fma(h[i], -dot, z[z0 + i] - sum) * s;
      }
    }
  }

  /** A unit is a column, in which rows are added in their order. */
  static final class GainGradient implements Kernel {
    private final Operand gradient;
    private final Operand in;
    private final Operand scale;
    private final Operand mean;
    private final Operand out;
    private final int rows;
    private final int width;

    GainGradient(Node n, Memory memory) {
      gradient = memory.of(n.in(0));
      in = memory.of(n.in(1));
      scale = memory.of(n.in(2));
      mean = n.in().size() == 4 ? memory.of(n.in(3)) : null;
      out = memory.of(n.out(0));
      width = n.out(0).shape().size();
      rows = n.in(0).shape().size() / width;
    }

    @Override
    public int units() {
      return width;
    }

    @Override
    public void run(int t, int from, int to) {
      int zAt = out.at(t) + from;
      Arrays.fill(out.data(), zAt, zAt + to - from, 0);
      for (int row = 0; row < rows; row++) {
        float s = scale.data()[scale.at(t) + row];
        float m = mean == null ? 0 : mean.data()[mean.at(t) + row];
        int dAt = gradient.at(t) + row * width + from;
        int xAt = in.at(t) + row * width + from;
        addProduct(gradient.data(), dAt, in.data(), xAt, m, s, out.data(), zAt, to - from);
      }
    }

    /** {@code z += d * (x - m) * s}. */
    private static void addProduct(
        float[] d, int d0, float[] x, int x0, float m, float s, float[] z, int z0, int n) {
      int whole = Lanes.whole(n);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector h = fromArray(SPECIES, x, x0 + i).sub(m).mul(s);
        h.fma(fromArray(SPECIES, d, d0 + i), fromArray(SPECIES, z, z0 + i)).intoArray(z, z0 + i);
      }
      for (int i = whole; i < n; i++) {
        z[z0 + i] = Math.fma((x[x0 + i] - m) * s, d[d0 + i], z[z0 + i]);
      }
    }
  }
}
