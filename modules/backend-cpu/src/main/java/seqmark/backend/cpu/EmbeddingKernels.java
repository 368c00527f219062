package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.Embedding;

/** Kernels of {@link Embedding}. */
final class EmbeddingKernels {
  private EmbeddingKernels() {}

  /** A unit is a token. */
  static final class Lookup implements Kernel {
    private final Operand table;
    private final Operand ids;
    private final Operand out;
    private final int tokens;
    private final int vocabulary;
    private final int width;

    Lookup(Node n, Memory memory) {
      table = memory.of(n.in(0));
      ids = memory.of(n.in(1));
      out = memory.of(n.out(0));
      tokens = n.in(1).shape().size();
      vocabulary = n.in(0).shape().dim(0);
      width = n.in(0).shape().dim(1);
    }

    @Override
    public int units() {
      return tokens;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] token = ids.data();
      for (int i = from; i < to; i++) {
        int id = Embedding.check(token[ids.at(t) + i], vocabulary);
        int row = table.at(t) + id * width;
        Strips.copy(table.data(), row, out.data(), out.at(t) + i * width, width);
      }
    }
  }

  /** A unit is a row of the table: all tokens are looked through for those that belong to it. */
  static final class LookupGradient implements Kernel {
    private final Operand ids;
    private final Operand d;
    private final Operand out;
    private final int tokens;
    private final int vocabulary;
    private final int width;

    LookupGradient(Node n, Memory memory) {
      ids = memory.of(n.in(0));
      d = memory.of(n.in(1));
      out = memory.of(n.out(0));
      tokens = n.in(0).shape().size();
      vocabulary = n.out(0).shape().dim(0);
      width = n.out(0).shape().dim(1);
    }

    @Override
    public int units() {
      return vocabulary;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] token = ids.data();
      float[] y = out.data();
      int yAt = out.at(t);
      Arrays.fill(y, yAt + from * width, yAt + to * width, 0);
      for (int i = 0; i < tokens; i++) {
        int id = Embedding.check(token[ids.at(t) + i], vocabulary);
        if (id >= from && id < to) {
          int row = yAt + id * width;
          Strips.add(d.data(), d.at(t) + i * width, y, row, y, row, width);
        }
      }
    }
  }
}
