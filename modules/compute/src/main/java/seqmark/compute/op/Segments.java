package seqmark.compute.op;

import java.util.Arrays;
import java.util.List;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;

/** Ops that cut sequences into segments. */
public final class Segments {
  private Segments() {}

  /**
   * Which sentence a token belongs to and how far into it. Operands: ids {@code [B, S]} and the
   * mask {@code [B, S]} of padding at the end. Results: {@code [B, S, S]}, 1 where token {@code s}
   * of the last axis belongs to sentence {@code m} of the middle one; and {@code [B, S]}, the j-th
   * of a sentence's J tokens at {@code j / J}, 0 for padding. There is room for as many sentences
   * as tokens, and what is not needed stays 0. Ids and mask have no gradient.
   *
   * @param end the id that ends a sentence and belongs to it; tokens behind the last one are a
   *     sentence too
   */
  public record Sentences(int end) implements Op {
    @Override
    public String name() {
      return "sentences";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape ids = in.get(0);
      if (ids.rank() != 2 || !in.get(1).equals(ids)) {
        throw new ShapeException(
            name()
                + ": mask "
                + in.get(1)
                + " does not fit ids "
                + ids
                + ", expected [B, S] twice");
      }
      return List.of(ids.append(ids.dim(1)), ids);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.in(0).shape().dim(1);
      Arrays.fill(out[0], 0);
      Arrays.fill(out[1], 0);
      for (int row = 0; row < in[0].length; row += width) {
        int sentence = 0;
        int first = 0;
        for (int s = 0; s < width && in[1][row + s] != 0; s++) {
          out[0][(row + sentence) * width + s] = 1;
          boolean last = s + 1 == width || in[1][row + s + 1] == 0 || in[0][row + s] == end;
          if (last) {
            for (int j = first; j <= s; j++) {
              out[1][row + j] = (j - first + 1.0) / (s - first + 1);
            }
            sentence++;
            first = s + 1;
          }
        }
      }
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }
}
