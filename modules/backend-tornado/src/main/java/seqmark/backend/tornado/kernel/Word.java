package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The words of an instruction: what is computed, how much of it, parameters, and then the places of
 * operands and results, four words each.
 */
public final class Word {
  /** Which op of a kernel. */
  public static final int OPCODE = 0;

  /** The units of the computation: elements, rows or whatever suits the op. */
  public static final int UNITS = 1;

  /** Whose opcode it is, where one kernel runs instructions of several. */
  public static final int FAMILY = 2;

  /** The first parameter. */
  public static final int PARAMETERS = 3;

  /** The first operand. */
  public static final int OPERANDS = 24;

  /** The words of an operand: base, stride, offset and mask of {@link seqmark.compute.Place}. */
  public static final int PLACE = 4;

  /** The words of an instruction. */
  public static final int COUNT = 96;

  private Word() {}

  /** Parameter {@code i} of the instruction at {@code o}. */
  public static int parameter(IntArray d, int o, int i) {
    return d.get(o + PARAMETERS + i);
  }

  /** A parameter with a fraction: its place in memory is what stands in the instruction. */
  public static float fraction(FloatArray m, IntArray d, int o, int i) {
    return m.get(d.get(o + PARAMETERS + i));
  }

  /** Where operand or result {@code i} of the instruction at {@code o} starts at step {@code t}. */
  public static int at(IntArray d, int o, int i, int t) {
    int p = o + OPERANDS + PLACE * i;
    return d.get(p) + ((t + d.get(p + 2)) & d.get(p + 3)) * d.get(p + 1);
  }
}
