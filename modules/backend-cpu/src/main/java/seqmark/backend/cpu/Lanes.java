package seqmark.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shapes of all kernels but the matrix product.
 *
 * <p>{@link #SPECIES} has at most 8 lanes, so that sums over lanes have the same bits with AVX2 and
 * with AVX-512. {@link #WIDE} is as wide as the machine has it, for what has no sums.
 *
 * <p>Loops over vectors call nothing but the Vector API itself, and leave the elements that fill no
 * vector to a scalar loop. Where a vector is handed to a method that the JIT then chooses not to
 * inline (it stops after some 50 vector operations in one compilation), or where it comes out of an
 * {@code if}, it becomes an object on the heap: the loop allocates and is ten times slower.
 */
final class Lanes {
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > 8
          ? FloatVector.SPECIES_256
          : FloatVector.SPECIES_PREFERRED;

  /** Floats per vector. */
  static final int LENGTH = SPECIES.length();

  /** The widest vectors of this machine. */
  static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_PREFERRED;

  /** Floats per wide vector. */
  static final int WIDTH = WIDE.length();

  /**
   * Lanes moved by half of the vector, by a quarter, by an eighth: added up one after the other,
   * every lane holds the sum. (The API's {@code reduceLanes(ADD)} leaves the order open;
   * interpreted and compiled code differ, and so would the first and the hundredth step.)
   */
  static final VectorShuffle<Float> HALF = rotation(LENGTH / 2);

  static final VectorShuffle<Float> QUARTER = rotation(LENGTH / 4);
  static final VectorShuffle<Float> EIGHTH = rotation(LENGTH / 8);

  private Lanes() {}

  /** How many of {@code n} elements fill whole vectors. */
  static int whole(int n) {
    return n & -LENGTH;
  }

  /** How many of {@code n} elements fill whole wide vectors. */
  static int wholeWide(int n) {
    return n & -WIDTH;
  }

  private static VectorShuffle<Float> rotation(int by) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane + by) % LENGTH);
  }
}
