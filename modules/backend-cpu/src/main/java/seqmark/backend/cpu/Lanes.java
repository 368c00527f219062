package seqmark.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shape of all kernels: the widest that the machine has.
 *
 * <p>It is one for all, because methods of the Vector API that are used with several shapes have no
 * typical one: the JIT then compiles, now and then, a kernel whose every vector is an object.
 *
 * <p>Loops over vectors call nothing but the Vector API itself, and leave the elements that fill no
 * vector to a scalar loop. Where a vector is handed to a method that the JIT then chooses not to
 * inline (it stops after some 50 vector operations in one compilation), or where it comes out of an
 * {@code if}, it becomes an object on the heap: the loop allocates and is ten times slower.
 */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats per vector. */
  static final int LENGTH = SPECIES.length();

  /**
   * Sums are taken over so many lanes, in two vectors where one has fewer: the bits are the same
   * with AVX2 and with AVX-512.
   */
  static final int SUM = Math.max(LENGTH, 2 * Math.min(LENGTH, 8));

  /**
   * Lanes moved by 8, 4, 2 and 1, where there are more than that: added up one after the other,
   * every lane holds the sum. (The API's {@code reduceLanes(ADD)} leaves the order open;
   * interpreted and compiled code differ, and so would the first and the hundredth step.)
   */
  static final VectorShuffle<Float> BY_8 = rotation(8);

  static final VectorShuffle<Float> BY_4 = rotation(4);
  static final VectorShuffle<Float> BY_2 = rotation(2);
  static final VectorShuffle<Float> BY_1 = rotation(1);

  private Lanes() {}

  /** How many of {@code n} elements fill whole vectors. */
  static int whole(int n) {
    return n & -LENGTH;
  }

  /** How many of {@code n} elements fill all lanes of a sum. */
  static int wholeSum(int n) {
    return n & -SUM;
  }

  private static VectorShuffle<Float> rotation(int by) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane + by) % LENGTH);
  }
}
