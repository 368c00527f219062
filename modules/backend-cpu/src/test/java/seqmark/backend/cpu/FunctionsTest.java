package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  private interface Strip {
    void run(float[] x, int x0, float[] y, int y0, int n);
  }

  private static final Strip EXP = (x, x0, y, y0, n) -> Functions.exp(1, x, x0, 0, y, y0, n);
  private static final Strip EXP_NEGATIVE =
      (x, x0, y, y0, n) -> Functions.exp(-1, x, x0, 0, y, y0, n);

  /** The largest error in ulp over floats of all magnitudes, both signs, in a range. */
  private static double worst(Strip strip, DoubleUnaryOperator truth, double from, double to) {
    double worst = 0;
    float[] x = new float[1000];
    int count = 0;
    for (long bits = 0; bits <= 0x7f7fffffL; bits += 9973) {
      float magnitude = Float.intBitsToFloat((int) bits);
      for (float candidate : new float[] {magnitude, -magnitude}) {
        if (candidate >= from && candidate <= to) {
          x[count++] = candidate;
        }
      }
      if (count > x.length - 2) {
        worst = Math.max(worst, worst(strip, truth, x, count));
        count = 0;
      }
    }
    return Math.max(worst, worst(strip, truth, x, count));
  }

  private static double worst(Strip strip, DoubleUnaryOperator truth, float[] x, int count) {
    float[] y = new float[count];
    strip.run(x, 0, y, 0, count);
    double worst = 0;
    for (int i = 0; i < count; i++) {
      double expected = truth.applyAsDouble(x[i]);
      worst = Math.max(worst, Math.abs(y[i] - expected) / Math.ulp((float) expected));
    }
    return worst;
  }

  @Test
  void accuracy() {
    assertTrue(worst(EXP, Math::exp, -87, 88) < 1.1);
    assertTrue(worst(EXP_NEGATIVE, x -> Math.exp(-x), -88, 87) < 1.1);
    assertTrue(worst(Functions::sigmoid, x -> 1 / (1 + Math.exp(-x)), -87, 200) < 2.5);
    assertTrue(worst(Functions::tanh, Math::tanh, -100, 100) < 4.5);
    assertTrue(worst(Silu::apply, x -> x / (1 + Math.exp(-x)), -87, 3e38) < 3);
    assertTrue(worst(Softplus::apply, FunctionsTest::softplus, -87, 3e38) < 3);
    assertTrue(worst(Logarithm::apply, Math::log, Float.MIN_NORMAL, 3e38) < 2);
    assertTrue(worst(Functions::log, Math::log, 1e-40, 3e38) < 0.51);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static float one(Strip strip, double x) {
    float[] y = new float[1];
    strip.run(new float[] {(float) x}, 0, y, 0, 1);
    return y[0];
  }

  @Test
  void theEndsOfTheScale() {
    double infinity = Double.POSITIVE_INFINITY;
    assertEquals(0, one(EXP, -infinity));
    assertEquals(0, one(EXP, -1e30));
    assertEquals(1, one(EXP, -0.0));
    assertEquals(Float.POSITIVE_INFINITY, one(EXP, 90));
    assertEquals(Float.POSITIVE_INFINITY, one(EXP, infinity));
    assertEquals(0, one(Functions::sigmoid, -infinity));
    assertEquals(0, one(Functions::sigmoid, -1e30));
    assertEquals(1, one(Functions::sigmoid, 1e30));
    assertEquals(1, one(Functions::sigmoid, infinity));
    assertEquals(-1, one(Functions::tanh, -infinity));
    assertEquals(1, one(Functions::tanh, 1e30));
    assertEquals(1e-40f, one(Functions::tanh, 1e-40));
    assertEquals(0, one(Functions::relu, -infinity));
    assertEquals(-0.0f, one(Silu::apply, -1e30));
    assertEquals(1e30f, one(Silu::apply, 1e30));
    assertEquals(0, one(Softplus::apply, -infinity));
    assertEquals(0, one(Softplus::apply, -1e30));
    assertEquals(1e30f, one(Softplus::apply, 1e30));
    assertEquals(Float.POSITIVE_INFINITY, one(Softplus::apply, infinity));
    assertEquals(Float.NEGATIVE_INFINITY, one(Functions::log, 0));
  }

  @Test
  void notANumberStaysSo() {
    for (Strip strip :
        new Strip[] {
          EXP,
          Functions::sigmoid,
          Functions::tanh,
          Functions::relu,
          Functions::log,
          Functions::sqrt,
          Silu::apply,
          Softplus::apply
        }) {
      float[] x = new float[19];
      x[4] = Float.NaN;
      x[18] = Float.NaN;
      strip.run(x, 0, x, 0, x.length);
      for (int i = 0; i < x.length; i++) {
        assertEquals(i == 4 || i == 18, Float.isNaN(x[i]), "element " + i);
      }
    }
  }

  @Test
  void theBitsOfAnElementDoNotDependOnItsPlace() {
    float[] x = new float[1030];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i % 130 - 60) * 0.137f;
    }
    for (Strip strip :
        new Strip[] {
          EXP, Functions::sigmoid, Functions::tanh, Functions::relu, Silu::apply, Softplus::apply
        }) {
      float[] whole = new float[x.length];
      strip.run(x, 0, whole, 0, x.length);
      for (int n : new int[] {1, 3, 7, 63}) {
        float[] parts = new float[x.length];
        for (int from = 0; from < x.length; from += n) {
          strip.run(x, from, parts, from, Math.min(n, x.length - from));
        }
        for (int i = 0; i < x.length; i++) {
          assertEquals(whole[i], parts[i], "element " + i + " in parts of " + n);
        }
      }
    }
  }
}
