package seqmark.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shape of all kernels but the matrix product, and what the Vector API lacks for them:
 * parts of a vector, and reductions whose bits are fixed.
 *
 * <p>At most 8 lanes, so that sums over lanes have the same bits with AVX2 and with AVX-512. The
 * API's own {@code reduceLanes(ADD)} leaves the order open: interpreted and compiled code differ,
 * and so would the first and the hundredth step.
 */
final class Lanes {
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > 8
          ? FloatVector.SPECIES_256
          : FloatVector.SPECIES_PREFERRED;

  /** Floats per vector. */
  static final int LENGTH = SPECIES.length();

  private static final VectorShuffle<Float> HALF = rotation(LENGTH / 2);
  private static final VectorShuffle<Float> QUARTER = rotation(LENGTH / 4);
  private static final VectorShuffle<Float> EIGHTH = rotation(LENGTH / 8);

  private Lanes() {}

  /** The number of elements, of {@code count}, that fill whole vectors. */
  static int whole(int count) {
    return count & -LENGTH;
  }

  /** The mask of the first {@code count} lanes. */
  static VectorMask<Float> first(int count) {
    return SPECIES.indexInRange(0, count);
  }

  static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(SPECIES, from, at);
  }

  /** Loads the lanes in {@code mask}; the others are zero, and nothing is read for them. */
  static FloatVector load(float[] from, int at, VectorMask<Float> mask) {
    return FloatVector.fromArray(SPECIES, from, at, mask);
  }

  static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** The sum of all lanes, pairwise: first the halves, then their halves. */
  static float sum(FloatVector v) {
    FloatVector s = v.add(v.rearrange(HALF));
    if (LENGTH >= 4) {
      s = s.add(s.rearrange(QUARTER));
    }
    if (LENGTH >= 8) {
      s = s.add(s.rearrange(EIGHTH));
    }
    return s.lane(0);
  }

  /** The largest lane; NaN if there is one. Any order gives the same bits. */
  static float max(FloatVector v) {
    return v.reduceLanes(VectorOperators.MAX);
  }

  private static VectorShuffle<Float> rotation(int by) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane + by) % LENGTH);
  }
}
