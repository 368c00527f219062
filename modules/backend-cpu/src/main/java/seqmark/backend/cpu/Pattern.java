package seqmark.backend.cpu;

import seqmark.compute.Shape;
import seqmark.compute.op.Elementwise;

/**
 * How a broadcast operand is read: the result falls into strips of equal length, within which the
 * operand either runs along (step 1) or is one number (step 0).
 */
final class Pattern {
  private final int step;
  private final int[] starts;

  private Pattern(int step, int[] starts) {
    this.step = step;
    this.starts = starts;
  }

  /** The pattern of an operand in strips of a length that {@link #stripLength} has found. */
  static Pattern of(Shape result, Shape operand, int stripLength) {
    return of(result, operand, stripLength, operand.rank() == 0 ? 1 : operand.dim(-1));
  }

  /** The same where rows of the operand are so far apart, and strips are within rows. */
  static Pattern of(Shape result, Shape operand, int stripLength, int distance) {
    int width = operand.rank() == 0 ? 1 : operand.dim(-1);
    int[] starts = new int[result.size() / stripLength];
    for (int i = 0; i < starts.length; i++) {
      int element = Elementwise.source(result, operand, i * stripLength);
      starts[i] = element / width * distance + element % width;
    }
    int end = Elementwise.source(result, operand, stripLength - 1);
    return new Pattern(end > 0 ? 1 : 0, starts);
  }

  /** The longest strips in which every operand is either repeated or runs along. */
  static int stripLength(Shape result, Shape... operands) {
    int length = 1;
    for (int axis = 1; axis <= result.rank(); axis++) {
      int longer = length * result.dim(-axis);
      for (Shape operand : operands) {
        int extent = trailing(operand, axis);
        if (extent != longer && extent != 1) {
          return length;
        }
      }
      length = longer;
    }
    return length;
  }

  /** The product of the last {@code axes} extents, as far as there are any. */
  private static int trailing(Shape shape, int axes) {
    return axes >= shape.rank() ? shape.size() : shape.sizeAfter(shape.rank() - 1 - axes);
  }

  /** 1 if the operand runs along a strip, 0 if it is one number there. */
  int step() {
    return step;
  }

  /** Where, within the operand, strip {@code i} begins. */
  int start(int i) {
    return starts[i];
  }
}
