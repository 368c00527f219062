package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.Segments;

/** Kernels of {@link Segments}. */
final class SegmentKernels {
  private SegmentKernels() {}

  /** A unit is a row of the batch. */
  static final class Sentences implements Kernel {
    private final int end;
    private final Operand ids;
    private final Operand mask;
    private final Operand membership;
    private final Operand progress;
    private final int rows;
    private final int width;

    Sentences(Node n, Memory memory) {
      end = ((Segments.Sentences) n.op()).end();
      ids = memory.of(n.in(0));
      mask = memory.of(n.in(1));
      membership = memory.of(n.out(0));
      progress = memory.of(n.out(1));
      rows = n.in(0).shape().dim(0);
      width = n.in(0).shape().dim(1);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = membership.data();
      float[] z = progress.data();
      int square = width * width;
      int yAt = membership.at(t);
      int zAt = progress.at(t);
      Arrays.fill(y, yAt + from * square, yAt + to * square, 0);
      Arrays.fill(z, zAt + from * width, zAt + to * width, 0);
      for (int row = from; row < to; row++) {
        int sentence = yAt + row * square;
        int first = 0;
        while (first < width && mask.data()[mask.at(t) + row * width + first] != 0) {
          int last = last(t, row * width, first);
          Arrays.fill(y, sentence + first, sentence + last + 1, 1);
          for (int j = first; j <= last; j++) {
            z[zAt + row * width + j] = (j - first + 1f) / (last - first + 1);
          }
          sentence += width;
          first = last + 1;
        }
      }
    }

    /** The last token of the sentence that begins with token {@code first} of a row. */
    private int last(int t, int row, int first) {
      float[] id = ids.data();
      float[] valid = mask.data();
      int last = first;
      while (id[ids.at(t) + row + last] != end
          && last + 1 < width
          && valid[mask.at(t) + row + last + 1] != 0) {
        last++;
      }
      return last;
    }
  }
}
