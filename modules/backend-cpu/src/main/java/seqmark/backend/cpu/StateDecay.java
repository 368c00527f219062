package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.ScanArrays.ARRAY;
import static seqmark.backend.cpu.ScanArrays.CHANNELS;
import static seqmark.backend.cpu.ScanArrays.DECAY;
import static seqmark.backend.cpu.ScanArrays.DELTA;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * What is left of a state after a step of a {@link ScanBlock}: {@code exp(delta A)}.
 *
 * <p>It is a power of 2, of {@code delta (A log2(e))}, within 2.1 ulp: that rounds once where delta
 * A would be rounded. Below 2^-126 it is 0, up to a delta of {@link #LONGEST}; delta A is below 88,
 * as states decay.
 */
final class StateDecay {
  /** A longer delta leaves no more of a state, and may leave no number. */
  static final float LONGEST = 0x1p30f;

  /** Added, it rounds to a whole number k, and the lowest bits are those of 2^k's exponent. */
  private static final float ROUND = 0x1.8p23f + 127;

  /** The bits of k = -127, which are those of an exponent of zero: 2^k comes out as 0. */
  private static final int LEAST = Float.floatToRawIntBits(ROUND - 127);

  private StateDecay() {}

  /** That of all steps of a pair of states, whose A are at {@code aAt}. */
  static void of(float[] s, int steps, int aAt) {
    FloatVector round = broadcast(SPECIES, ROUND);
    FloatVector one = broadcast(SPECIES, 1);
    FloatVector c1 = broadcast(SPECIES, 0.693147f);
    FloatVector c2 = broadcast(SPECIES, 0.24022242f);
    FloatVector c3 = broadcast(SPECIES, 0.055507336f);
    FloatVector c4 = broadcast(SPECIES, 0.009671513f);
    FloatVector c5 = broadcast(SPECIES, 0.0013264727f);
    for (int half = 0; half < CHANNELS; half += LENGTH) {
      FloatVector a0 = fromArray(SPECIES, s, aAt + half).mul(Functions.LOG2_E);
      FloatVector a1 = fromArray(SPECIES, s, aAt + CHANNELS + half).mul(Functions.LOG2_E);
      for (int i = 0; i < steps; i++) {
        int at = i * CHANNELS + half;
        FloatVector delta = fromArray(SPECIES, s, DELTA + at);
        FloatVector k0 = delta.fma(a0, round);
        FloatVector k1 = delta.fma(a1, round);
        FloatVector r0 = delta.fma(a0, round.sub(k0));
        FloatVector r1 = delta.fma(a1, round.sub(k1));
        FloatVector p0 = r0.fma(c5, c4).fma(r0, c3).fma(r0, c2).fma(r0, c1).fma(r0, one);
        FloatVector p1 = r1.fma(c5, c4).fma(r1, c3).fma(r1, c2).fma(r1, c1).fma(r1, one);
        IntVector e0 = k0.reinterpretAsInts().max(LEAST).lanewise(LSHL, 23);
        IntVector e1 = k1.reinterpretAsInts().max(LEAST).lanewise(LSHL, 23);
        p0.mul(e0.reinterpretAsFloats()).intoArray(s, DECAY + at);
        p1.mul(e1.reinterpretAsFloats()).intoArray(s, DECAY + ARRAY + at);
      }
    }
  }
}
