package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Functions.LN_2_HIGH;
import static seqmark.backend.cpu.Functions.LN_2_LOW;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Natural logarithms of sums of exponentials, which are normal numbers of at least 1. */
final class Logarithm {
  private static final int SQRT_HALF_BITS = Float.floatToRawIntBits(0.70710677f);

  // (2 atanh(s) - 2 s) / s^3 as a series in s^2, for |s| below 0.172.
  private static final float C3 = 2 / 3f;
  private static final float C5 = 2 / 5f;
  private static final float C7 = 2 / 7f;
  private static final float C9 = 2 / 9f;

  private Logarithm() {}

  /**
   * {@code y = log(x)}, within 2 ulp, for normal positive x: with {@code x = 2^power m} and m
   * between the roots of 1/2 and 2, {@code log(m) = 2 atanh(s)} for {@code s = (m - 1) / (m + 1)}.
   */
  static void apply(float[] x, int x0, float[] y, int y0, int n) {
    FloatVector c7 = broadcast(SPECIES, C7);
    FloatVector c5 = broadcast(SPECIES, C5);
    FloatVector c3 = broadcast(SPECIES, C3);
    FloatVector high = broadcast(SPECIES, LN_2_HIGH);
    FloatVector low = broadcast(SPECIES, LN_2_LOW);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      IntVector bits = fromArray(SPECIES, x, x0 + i).reinterpretAsInts();
      IntVector power = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
      IntVector scaled = bits.sub(power.lanewise(VectorOperators.LSHL, 23));
      FloatVector m = scaled.reinterpretAsFloats();
      FloatVector s = m.sub(1f).div(m.add(1f));
      FloatVector z = s.mul(s);
      FloatVector p = z.mul(C9).add(c7).fma(z, c5).fma(z, c3);
      FloatVector log = p.mul(z).fma(s, s.add(s));
      FloatVector e = (FloatVector) power.convert(VectorOperators.I2F, 0);
      e.fma(high, e.fma(low, log)).intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      int bits = Float.floatToRawIntBits(x[x0 + i]);
      int power = bits - SQRT_HALF_BITS >> 23;
      float m = Float.intBitsToFloat(bits - (power << 23));
      float s = (m - 1) / (m + 1);
      float z = s * s;
      float p = Math.fma(Math.fma(z * C9 + C7, z, C5), z, C3);
      float log = Math.fma(p * z, s, s + s);
      y[y0 + i] = Math.fma(power, LN_2_HIGH, Math.fma(power, LN_2_LOW, log));
    }
  }
}
