package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.Gate;

/**
 * Kernels of {@link Gate}. A unit is a row. What of a row fills vectors is computed where it lies;
 * the rest of some rows is laid side by side first.
 */
final class GateKernels {
  /** Rows whose rests are taken together: these are at most so many vectors. */
  private static final int ROWS = 64;

  /** From one operand's rests to the next one's. */
  private static final int RESTS = ROWS * Lanes.LENGTH;

  private GateKernels() {}

  /** Rests of rows from {@code x0} on, {@code distance} apart, side by side. */
  private static void lay(float[] x, int x0, int distance, float[] y, int y0, int rows, int rest) {
    for (int i = 0; i < rows; i++) {
      Strips.copy(x, x0 + i * distance, y, y0 + i * rest, rest);
    }
  }

  /** {@link #lay} undone. */
  private static void take(float[] y, int y0, float[] x, int x0, int distance, int rows, int rest) {
    for (int i = 0; i < rows; i++) {
      Strips.copy(y, y0 + i * rest, x, x0 + i * distance, rest);
    }
  }

  private static int vectors(int floats) {
    return Lanes.whole(floats + Lanes.LENGTH - 1);
  }

  static final class Unit implements Kernel {
    private final Gate.Form form;
    private final Operand in;
    private final Operand mask;
    private final Operand out;
    private final int inDistance;
    private final int outDistance;
    private final int width;
    private final int whole;
    private final int rows;

    Unit(Node n, Memory memory) {
      form = ((Gate.Unit) n.op()).form();
      in = memory.of(n.in(0));
      mask = n.in().size() == 2 ? memory.of(n.in(1)) : null;
      out = memory.of(n.out(0));
      width = n.out(0).shape().dim(-1);
      whole = Lanes.whole(width);
      rows = n.out(0).shape().sizeBefore(-1);
      inDistance = in.distance();
      outDistance = out.distance();
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      int end;
      for (int row = from; row < to; row = end) {
        end = Math.min(to, row + ROWS);
        int x = in.at(t) + row * inDistance;
        int y = out.at(t) + row * outDistance;
        for (int i = 0; i < end - row; i++) {
          int content = x + i * inDistance;
          let(in.data(), content, content + width, out.data(), y + i * outDistance, whole);
        }
        if (whole < width) {
          rests(x + whole, y + whole, end - row);
        }
        if (mask != null) {
          hide(mask.at(t) + row, y, end - row);
        }
      }
    }

    private void let(float[] x, int content, int gate, float[] y, int y0, int n) {
      if (form == Gate.Form.TANH) {
        Functions.tanh(x, content, y, y0, n);
        Gating.multiply(y, y0, x, gate, y, y0, n);
      } else {
        Gating.multiply(x, content, x, gate, y, y0, n);
      }
    }

    private void rests(int x, int y, int count) {
      float[] a = ThreadScratch.floats(2 * RESTS);
      int content = ThreadScratch.START;
      int gate = content + RESTS;
      int rest = width - whole;
      lay(in.data(), x, inDistance, a, content, count, rest);
      lay(in.data(), x + width, inDistance, a, gate, count, rest);
      let(a, content, gate, a, content, vectors(count * rest));
      take(a, content, out.data(), y, outDistance, count, rest);
    }

    private void hide(int at, int y, int count) {
      for (int i = 0; i < count; i++) {
        if (mask.data()[at + i] == 0) {
          int row = y + i * outDistance;
          Arrays.fill(out.data(), row, row + width, 0);
        }
      }
    }
  }

  static final class UnitGradient implements Kernel {
    private final Gate.Form form;
    private final Operand in;
    private final Operand gradient;
    private final Operand mask;
    private final Operand out;
    private final int inDistance;
    private final int gradientDistance;
    private final int outDistance;
    private final int width;
    private final int whole;
    private final int rows;

    UnitGradient(Node n, Memory memory) {
      form = ((Gate.UnitGradient) n.op()).form();
      in = memory.of(n.in(0));
      gradient = memory.of(n.in(1));
      mask = n.in().size() == 3 ? memory.of(n.in(2)) : null;
      out = memory.of(n.out(0));
      width = n.in(1).shape().dim(-1);
      whole = Lanes.whole(width);
      rows = n.in(1).shape().sizeBefore(-1);
      inDistance = in.distance();
      gradientDistance = gradient.distance();
      outDistance = out.distance();
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      int end;
      for (int row = from; row < to; row = end) {
        end = Math.min(to, row + ROWS);
        int x = in.at(t) + row * inDistance;
        int d = gradient.at(t) + row * gradientDistance;
        int z = out.at(t) + row * outDistance;
        for (int i = 0; i < end - row; i++) {
          int content = x + i * inDistance;
          int dContent = z + i * outDistance;
          int given = d + i * gradientDistance;
          through(in.data(), content, width, gradient.data(), given, out.data(), dContent, whole);
        }
        if (whole < width) {
          rests(x + whole, d + whole, z + whole, end - row);
        }
        if (mask != null) {
          hide(mask.at(t) + row, z, end - row);
        }
      }
    }

    /** Gates lie {@code apart} behind their contents, as their gradients do. */
    private void through(
        float[] x, int content, int apart, float[] d, int d0, float[] z, int z0, int n) {
      int gate = content + apart;
      if (form == Gate.Form.TANH) {
        Functions.tanh(x, content, z, z0, n);
        Gating.gradient(1, d, d0, z, z0, x, gate, z, z0, z, z0 + apart, n);
      } else {
        Gating.gradient(0, d, d0, x, content, x, gate, z, z0, z, z0 + apart, n);
      }
    }

    private void rests(int x, int d, int z, int count) {
      float[] a = ThreadScratch.floats(3 * RESTS);
      int content = ThreadScratch.START;
      int gate = content + RESTS;
      int given = gate + RESTS;
      int rest = width - whole;
      lay(in.data(), x, inDistance, a, content, count, rest);
      lay(in.data(), x + width, inDistance, a, gate, count, rest);
      lay(gradient.data(), d, gradientDistance, a, given, count, rest);
      through(a, content, RESTS, a, given, a, content, vectors(count * rest));
      take(a, content, out.data(), z, outDistance, count, rest);
      take(a, gate, out.data(), z + width, outDistance, count, rest);
    }

    private void hide(int at, int z, int count) {
      for (int i = 0; i < count; i++) {
        if (mask.data()[at + i] == 0) {
          int row = z + i * outDistance;
          Arrays.fill(out.data(), row, row + 2 * width, 0);
        }
      }
    }
  }
}
