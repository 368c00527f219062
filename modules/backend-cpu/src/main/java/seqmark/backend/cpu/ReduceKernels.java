package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.Reduce;

/** Kernels of {@link Reduce}. A unit is an element of the result. */
final class ReduceKernels {
  private ReduceKernels() {}

  /**
   * The strips of the operand that are summed into the same elements are added in their order,
   * whatever the range of elements: as a column each, or as the sum of a whole strip.
   */
  static final class SumTo implements Kernel {
    private final Operand in;
    private final Operand out;
    private final int size;
    private final int strip;
    private final boolean columns;
    private final int[] sources;
    private final int perTarget;

    SumTo(Node n, Memory memory) {
      Shape whole = n.in(0).shape();
      Shape sum = n.out(0).shape();
      in = memory.of(n.in(0));
      out = memory.of(n.out(0));
      size = sum.size();
      strip = Pattern.stripLength(whole, sum);
      Pattern pattern = Pattern.of(whole, sum, strip);
      columns = pattern.step() == 1;
      int width = columns ? strip : 1;
      int strips = whole.size() / strip;
      perTarget = strips / (size / width);
      sources = new int[strips];
      int[] filled = new int[size / width];
      for (int i = 0; i < strips; i++) {
        int target = pattern.start(i) / width;
        sources[target * perTarget + filled[target]++] = i * strip;
      }
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public void run(int t, int from, int to) {
      if (columns) {
        sumColumns(t, from, to);
      } else {
        sumStrips(t, from, to);
      }
    }

    private void sumColumns(int t, int from, int to) {
      float[] x = in.data();
      float[] y = out.data();
      int xAt = in.at(t);
      int yAt = out.at(t);
      Arrays.fill(y, yAt + from, yAt + to, 0);
      int end;
      for (int i = from; i < to; i = end) {
        int target = i / strip;
        int within = i - target * strip;
        end = Math.min(to, (target + 1) * strip);
        for (int s = target * perTarget; s < (target + 1) * perTarget; s++) {
          Strips.add(x, xAt + sources[s] + within, y, yAt + i, y, yAt + i, end - i);
        }
      }
    }

    private void sumStrips(int t, int from, int to) {
      float[] x = in.data();
      int xAt = in.at(t);
      for (int i = from; i < to; i++) {
        float sum = 0;
        for (int s = i * perTarget; s < (i + 1) * perTarget; s++) {
          sum += Strips.sum(x, xAt + sources[s], strip);
        }
        out.data()[out.at(t) + i] = sum;
      }
    }
  }

  static final class Broadcast implements Kernel {
    private final Operand in;
    private final Operand out;
    private final int size;
    private final int strip;
    private final Pattern pattern;

    Broadcast(Node n, Memory memory) {
      Shape whole = n.out(0).shape();
      in = memory.of(n.in(0));
      out = memory.of(n.out(0));
      size = whole.size();
      strip = Pattern.stripLength(whole, n.in(0).shape());
      pattern = Pattern.of(whole, n.in(0).shape(), strip);
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] x = in.data();
      float[] y = out.data();
      int end;
      for (int i = from; i < to; i = end) {
        int s = i / strip;
        end = Math.min(to, (s + 1) * strip);
        int xAt = in.at(t) + pattern.start(s);
        int yAt = out.at(t) + i;
        if (pattern.step() == 0) {
          Arrays.fill(y, yAt, yAt + end - i, x[xAt]);
        } else {
          Strips.copy(x, xAt + i - s * strip, y, yAt, end - i);
        }
      }
    }
  }
}
