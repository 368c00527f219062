package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.ScanArrays.ARRAY;
import static seqmark.backend.cpu.ScanArrays.CHANNELS;
import static seqmark.backend.cpu.ScanArrays.DECAY;
import static seqmark.backend.cpu.ScanArrays.DELTA;
import static seqmark.backend.cpu.ScanArrays.DX;
import static seqmark.backend.cpu.ScanArrays.D_DELTA;
import static seqmark.backend.cpu.ScanArrays.D_GAINED;
import static seqmark.backend.cpu.ScanArrays.GAIN;
import static seqmark.backend.cpu.ScanArrays.GAINED;
import static seqmark.backend.cpu.ScanArrays.X;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A zero-order hold in a {@link ScanBlock}: Euler's rule with B times the gain {@code (exp(z) - 1)
 * / z}, where z = delta A.
 */
final class ZeroOrderHold {
  /** Where quotients lose digits, series stand in. */
  private static final float SMALL = 0.5f;

  private ZeroOrderHold() {}

  /** The gain of state k of a pair, whose A is at {@code at}, and what it makes of x. */
  static void gain(float[] s, int steps, int at, int k) {
    int gainAt = GAIN + k * ARRAY;
    int gainedAt = GAINED + k * ARRAY;
    int decayAt = DECAY + k * ARRAY;
    FloatVector c1 = broadcast(SPECIES, 1 / 2f);
    FloatVector c2 = broadcast(SPECIES, 1 / 6f);
    FloatVector c3 = broadcast(SPECIES, 1 / 24f);
    FloatVector c4 = broadcast(SPECIES, 1 / 120f);
    FloatVector c5 = broadcast(SPECIES, 1 / 720f);
    FloatVector c6 = broadcast(SPECIES, 1 / 5040f);
    FloatVector one = broadcast(SPECIES, 1);
    for (int half = 0; half < CHANNELS; half += LENGTH) {
      FloatVector a = fromArray(SPECIES, s, at + half);
      for (int i = half; i < steps * CHANNELS; i += CHANNELS) {
        FloatVector z = a.mul(fromArray(SPECIES, s, DELTA + i));
        FloatVector p = z.mul(1 / 40320f).add(c6).fma(z, c5).fma(z, c4).fma(z, c3);
        p = p.fma(z, c2).fma(z, c1).fma(z, one);
        FloatVector quotient = fromArray(SPECIES, s, decayAt + i).sub(one).div(z);
        FloatVector gain = p.blend(quotient, z.abs().compare(VectorOperators.GT, SMALL));
        gain.intoArray(s, gainAt + i);
        gain.mul(fromArray(SPECIES, s, X + i)).intoArray(s, gainedAt + i);
      }
    }
  }

  /**
   * Through the gain times x of state n to x and to z = delta A, whose sum over time for A is at
   * {@code daAt}; leaves zeros. The gain's slope is {@code (exp(z) - gain) / z}, near 0 by its
   * series.
   */
  static void back(ScanBlock block, float[] s, int steps, int n, int daAt) {
    int k = n % 2;
    int gainAt = GAIN + k * ARRAY;
    int decayAt = DECAY + k * ARRAY;
    int dAt = D_GAINED + k * ARRAY;
    FloatVector c0 = broadcast(SPECIES, 1 / 2f);
    FloatVector c1 = broadcast(SPECIES, 1 / 3f);
    FloatVector c2 = broadcast(SPECIES, 1 / 8f);
    FloatVector c3 = broadcast(SPECIES, 1 / 30f);
    FloatVector c4 = broadcast(SPECIES, 1 / 144f);
    FloatVector c5 = broadcast(SPECIES, 1 / 840f);
    FloatVector c6 = broadcast(SPECIES, 1 / 5760f);
    for (int half = 0; half < CHANNELS; half += LENGTH) {
      FloatVector a = fromArray(SPECIES, s, block.aAt + n * CHANNELS + half);
      FloatVector da = fromArray(SPECIES, s, daAt + half);
      for (int at = half; at < steps * CHANNELS; at += CHANNELS) {
        FloatVector delta = fromArray(SPECIES, s, DELTA + at);
        FloatVector z = delta.mul(a);
        FloatVector p = z.mul(1 / 45360f).add(c6).fma(z, c5).fma(z, c4).fma(z, c3);
        p = p.fma(z, c2).fma(z, c1).fma(z, c0);
        FloatVector gain = fromArray(SPECIES, s, gainAt + at);
        FloatVector quotient = fromArray(SPECIES, s, decayAt + at).sub(gain).div(z);
        FloatVector slope = p.blend(quotient, z.abs().compare(VectorOperators.GT, SMALL));
        FloatVector d = fromArray(SPECIES, s, dAt + at);
        FloatVector dz = d.mul(fromArray(SPECIES, s, X + at)).mul(slope);
        da = dz.fma(delta, da);
        d.fma(gain, fromArray(SPECIES, s, DX + at)).intoArray(s, DX + at);
        dz.fma(a, fromArray(SPECIES, s, D_DELTA + at)).intoArray(s, D_DELTA + at);
      }
      da.intoArray(s, daAt + half);
    }
    Arrays.fill(s, dAt, dAt + ARRAY, 0);
  }
}
