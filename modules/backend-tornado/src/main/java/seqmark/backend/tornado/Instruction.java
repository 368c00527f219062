package seqmark.backend.tornado;

import java.util.ArrayList;
import java.util.List;
import seqmark.backend.tornado.kernel.Word;
import seqmark.compute.Place;

/** What a kernel is told to do, as words on the device, and the memory that it reads and writes. */
final class Instruction {
  private static final int NONE = -1;

  private final Kernel kernel;
  private final int[] words = new int[Word.COUNT];
  private final List<Operand> reads = new ArrayList<>();
  private final List<Operand> writes = new ArrayList<>();
  private int loopUnits = NONE;

  /**
   * An instruction without parameters and operands yet.
   *
   * @param units what the kernel counts its work in
   */
  Instruction(Kernel kernel, int opcode, int units) {
    this.kernel = kernel;
    words[Word.OPCODE] = opcode;
    words[Word.UNITS] = units;
  }

  /**
   * Says that a loop's kernel knows this instruction too.
   *
   * @param family one of those of {@link seqmark.backend.tornado.kernel.Loops}
   * @param units what that kernel counts its work in: those of a batch row lie side by side
   */
  Instruction inLoops(int family, int units) {
    words[Word.FAMILY] = family;
    loopUnits = units;
    return this;
  }

  /** Sets parameters from {@code first} on. */
  Instruction with(int first, int... values) {
    System.arraycopy(values, 0, words, Word.PARAMETERS + first, values.length);
    return this;
  }

  /** Sets operand {@code i}, which is read. */
  Instruction reads(int i, Operand operand) {
    reads.add(operand);
    return place(i, operand.place());
  }

  /** Sets operand {@code i}, which is written and perhaps read before. */
  Instruction writes(int i, Operand operand) {
    writes.add(operand);
    return place(i, operand.place());
  }

  private Instruction place(int i, Place p) {
    int at = Word.OPERANDS + Word.PLACE * i;
    words[at] = p.base();
    words[at + 1] = p.stride();
    words[at + 2] = p.offset();
    words[at + 3] = p.mask();
    return this;
  }

  /** Who runs it. */
  Kernel kernel() {
    return kernel;
  }

  /** The words as the device gets them. */
  int[] words() {
    return words;
  }

  /** Whether a loop's kernel can run this for a number of rows. */
  boolean fitsLoop(int rows) {
    return loopUnits != NONE && loopUnits % rows == 0;
  }

  /** The words as the kernel of a loop gets them. */
  int[] loopWords() {
    int[] copy = words.clone();
    copy[Word.UNITS] = loopUnits;
    return copy;
  }

  /** Whether this can run at the same time as another one that comes before it. */
  boolean independentOf(Instruction earlier) {
    return writes.stream().noneMatch(w -> earlier.touches(w))
        && reads.stream().noneMatch(r -> earlier.writes.stream().anyMatch(r::overlaps));
  }

  /** Whether this reads or writes some of that memory. */
  boolean touches(Operand memory) {
    return readsFrom(memory) || writes.stream().anyMatch(memory::overlaps);
  }

  /** Whether this reads some of that memory. */
  boolean readsFrom(Operand memory) {
    return reads.stream().anyMatch(memory::overlaps);
  }
}
