package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.op.Attention;

/** Kernels of {@link Attention} but for the additive score and the softmax. */
final class AttentionKernels {
  private AttentionKernels() {}

  /** A unit is a position of the memory. */
  static final class Dot implements Kernel {
    private final Operand query;
    private final Operand memory;
    private final Operand out;
    private final int positions;
    private final int source;
    private final int width;

    Dot(Node n, Memory places) {
      query = places.of(n.in(0));
      memory = places.of(n.in(1));
      out = places.of(n.out(0));
      positions = n.out(0).shape().size();
      source = n.in(1).shape().dim(1);
      width = n.in(1).shape().dim(2);
    }

    @Override
    public int units() {
      return positions;
    }

    @Override
    public int floatsAgain() {
      return source * width;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] q = query.data();
      float[] m = memory.data();
      float[] y = out.data();
      for (int i = from; i < to; i++) {
        int qAt = query.at(t) + i / source * width;
        y[out.at(t) + i] = Strips.dot(q, qAt, m, memory.at(t) + i * width, width);
      }
    }
  }

  /** A unit is a batch row. */
  static final class Mix implements Kernel {
    private final Operand weights;
    private final Operand memory;
    private final Operand out;
    private final int rows;
    private final int source;
    private final int width;

    Mix(Node n, Memory places) {
      weights = places.of(n.in(0));
      memory = places.of(n.in(1));
      out = places.of(n.out(0));
      rows = n.out(0).shape().dim(0);
      source = n.in(1).shape().dim(1);
      width = n.in(1).shape().dim(2);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public int floatsAgain() {
      return source * width;
    }

    @Override
    public void run(int t, int from, int to) {
      for (int row = from; row < to; row++) {
        int w = weights.at(t) + row * source;
        int m = memory.at(t) + row * source * width;
        mix(weights.data(), w, memory.data(), m, out.data(), out.at(t) + row * width);
      }
    }

    /** Four vectors at a time: the multiply-adds of one wait for each other. */
    private void mix(float[] w, int w0, float[] m, int m0, float[] y, int y0) {
      int whole = Lanes.whole(width);
      int fours = width & -4 * LENGTH;
      for (int i = 0; i < fours; i += 4 * LENGTH) {
        FloatVector a = broadcast(SPECIES, 0);
        FloatVector b = broadcast(SPECIES, 0);
        FloatVector c = broadcast(SPECIES, 0);
        FloatVector d = broadcast(SPECIES, 0);
        for (int s = 0; s < source; s++) {
          FloatVector weight = broadcast(SPECIES, w[w0 + s]);
          int at = m0 + s * width + i;
          a = fromArray(SPECIES, m, at).fma(weight, a);
          b = fromArray(SPECIES, m, at + LENGTH).fma(weight, b);
          c = fromArray(SPECIES, m, at + 2 * LENGTH).fma(weight, c);
          d = fromArray(SPECIES, m, at + 3 * LENGTH).fma(weight, d);
        }
        a.intoArray(y, y0 + i);
        b.intoArray(y, y0 + i + LENGTH);
        c.intoArray(y, y0 + i + 2 * LENGTH);
        d.intoArray(y, y0 + i + 3 * LENGTH);
      }
      for (int i = fours; i < whole; i += LENGTH) {
        FloatVector sum = broadcast(SPECIES, 0);
        for (int s = 0; s < source; s++) {
          sum = fromArray(SPECIES, m, m0 + s * width + i).fma(broadcast(SPECIES, w[w0 + s]), sum);
        }
        sum.intoArray(y, y0 + i);
      }
      for (int i = whole; i < width; i++) {
        float sum = 0;
        for (int s = 0; s < source; s++) {
          sum = Math.fma(m[m0 + s * width + i], w[w0 + s], sum);
        }
        y[y0 + i] = sum;
      }
    }
  }

  /** A unit is a position of the memory. */
  static final class AddOuter implements Kernel {
    private final Operand weights;
    private final Operand vector;
    private final Operand sum;
    private final Operand out;
    private final int positions;
    private final int source;
    private final int width;

    AddOuter(Node n, Memory places) {
      weights = places.of(n.in(0));
      vector = places.of(n.in(1));
      sum = places.of(n.in(2));
      out = places.of(n.out(0));
      source = n.out(0).shape().dim(1);
      width = n.out(0).shape().dim(2);
      positions = n.out(0).shape().dim(0) * source;
    }

    @Override
    public int units() {
      return positions;
    }

    @Override
    public int floatsAgain() {
      return source * width;
    }

    @Override
    public void run(int t, int from, int to) {
      boolean there = sum.data() == out.data() && sum.at(t) == out.at(t);
      for (int i = from; i < to; i++) {
        float weight = weights.data()[weights.at(t) + i];
        if (weight == 0 && there) { // a cache, of which one position is written
          continue;
        }
        int x = vector.at(t) + i / source * width;
        int z = sum.at(t) + i * width;
        int y = out.at(t) + i * width;
        Strips.addScaled(weight, vector.data(), x, sum.data(), z, out.data(), y, width);
      }
    }
  }

  /** A unit is a batch row. */
  static final class Window implements Kernel {
    private final int radius;
    private final Operand centre;
    private final Operand mask;
    private final Operand out;
    private final int rows;
    private final int width;

    Window(Node n, Memory places) {
      radius = ((Attention.Window) n.op()).radius();
      centre = places.of(n.in(0));
      mask = places.of(n.in(1));
      out = places.of(n.out(0));
      rows = n.out(0).shape().dim(0);
      width = n.out(0).shape().dim(1);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] m = mask.data();
      float[] y = out.data();
      for (int row = from; row < to; row++) {
        float middle = centre.data()[centre.at(t) + row];
        for (int i = 0; i < width; i++) {
          boolean near = Math.abs(i - middle) <= radius;
          boolean inside = near && m[mask.at(t) + row * width + i] != 0;
          y[out.at(t) + row * width + i] = inside ? 1 : 0;
        }
      }
    }
  }
}
