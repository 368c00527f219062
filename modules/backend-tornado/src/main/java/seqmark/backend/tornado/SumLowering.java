package seqmark.backend.tornado;

import java.util.ArrayList;
import java.util.List;
import seqmark.backend.tornado.kernel.Group;
import seqmark.backend.tornado.kernel.Loops;
import seqmark.backend.tornado.kernel.Sums;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.Update;

/** Instructions of {@link Sums}. */
final class SumLowering {
  private static final int RESULT_AXES = 4;
  private static final int SUMMED_AXES = 3;

  /** How many squares a workgroup adds up before a second one adds the sums. */
  private static final int CHUNK = 4096;

  private SumLowering() {}

  private static Instruction sums(int opcode, int units, int terms) {
    int columns = units < 4 || terms > 64 * units ? 1 : Math.min(16, Integer.highestOneBit(units));
    return new Instruction(Kernel.SUMS, opcode, units)
        .with(Sums.RESULT, 1, 1, 1, units)
        .with(Sums.RESULT + RESULT_AXES, 0, 0, 0, 1)
        .with(Sums.SUMMED, 1, 1, terms)
        .with(Sums.TERMS, terms)
        .with(Sums.COLUMNS, Math.min(columns, Group.LANES));
  }

  static Instruction sumTo(Node n, Places p) {
    Shape x = n.in(0).shape();
    Shape y = n.out(0).shape();
    int[] kept = new int[x.rank()];
    int[] summed = new int[x.rank()];
    for (int axis = 1; axis <= x.rank(); axis++) {
      boolean keeps = axis <= y.rank() && y.dim(-axis) == x.dim(-axis);
      kept[x.rank() - axis] = keeps ? x.dim(-axis) : 1;
      summed[x.rank() - axis] = keeps ? 1 : x.dim(-axis);
    }
    Axes results = new Axes(kept, Axes.contiguous(x));
    Axes terms = new Axes(summed, Axes.contiguous(x));
    return sums(Sums.PLAIN, y.size(), x.size() / y.size())
        .inLoops(Loops.SUMS, y.size())
        .with(Sums.RESULT, results.extents(RESULT_AXES, n))
        .with(Sums.RESULT + RESULT_AXES, results.strides(RESULT_AXES, 0))
        .with(Sums.SUMMED, terms.extents(SUMMED_AXES, n))
        .with(Sums.SUMMED + SUMMED_AXES, terms.strides(SUMMED_AXES, 0))
        .reads(0, p.of(n.in(0)))
        .writes(1, p.of(n.out(0)));
  }

  static Instruction gainGradient(Node n, Places p) {
    int width = n.out(0).shape().size();
    boolean centred = n.in().size() == 4;
    Instruction i =
        sums(Sums.GAIN_GRADIENT, width, n.in(0).shape().size() / width)
            .with(Sums.SUMMED + SUMMED_AXES, 0, 0, width)
            .with(Sums.MORE, width, centred ? 1 : 0)
            .reads(0, p.of(n.in(0)))
            .reads(1, p.of(n.in(1)))
            .reads(2, p.of(n.in(2)))
            .writes(4, p.of(n.out(0)));
    return centred ? i.reads(3, p.of(n.in(3))) : i;
  }

  /** The gradient of a depthwise convolution's weight, from x and d {@code [B, T, D]}. */
  static Instruction tapGradient(Shape x, int taps, Operand in, Operand d, Operand dWeight) {
    int width = x.dim(-1);
    return sums(Sums.TAP_GRADIENT, taps * width, x.size() / width)
        .with(Sums.RESULT, 1, 1, taps, width)
        .with(Sums.SUMMED + SUMMED_AXES, 0, 0, width)
        .with(Sums.MORE, width, x.dim(-2), taps)
        .reads(0, in)
        .reads(1, d)
        .writes(2, dWeight);
  }

  /** The sum of all rows of x {@code [..., D]}. */
  static Instruction rows(Shape x, Operand in, Operand sum) {
    int width = x.dim(-1);
    return sums(Sums.PLAIN, width, x.size() / width)
        .with(Sums.SUMMED + SUMMED_AXES, 0, 0, width)
        .reads(0, in)
        .writes(1, sum);
  }

  /** The sums of squares that a clip norm makes on its way. */
  static int chunks(Node clipNorm) {
    return clipNorm.in().stream().mapToInt(v -> chunks(v)).sum();
  }

  private static int chunks(Value gradient) {
    return (gradient.shape().size() + CHUNK - 1) / CHUNK;
  }

  /** Squares chunk by chunk, and then their sum. */
  static List<Instruction> clipNorm(Node n, Places p) {
    int all = chunks(n);
    Operand squares = p.scratch(n, all);
    List<Instruction> parts = new ArrayList<>();
    int done = 0;
    for (Value gradient : n.in()) {
      int size = gradient.shape().size();
      int count = chunks(gradient);
      parts.add(
          sums(Sums.SQUARES, count, Math.min(size, CHUNK))
              .with(Sums.RESULT + RESULT_AXES, 0, 0, 0, CHUNK)
              .with(Sums.SUMMED + SUMMED_AXES, 0, 0, 1)
              .with(Sums.COLUMNS, 1)
              .with(Sums.MORE, size)
              .reads(0, p.of(gradient))
              .writes(1, squares.from(done, count)));
      done += count;
    }
    parts.add(
        sums(Sums.NORM, 1, all)
            .with(Sums.SUMMED + SUMMED_AXES, 0, 0, 1)
            .with(Sums.MORE, p.constants(((Update.ClipNorm) n.op()).maximum()))
            .reads(0, squares)
            .writes(1, p.of(n.out(0)))
            .writes(2, p.of(n.out(1))));
    return parts;
  }
}
