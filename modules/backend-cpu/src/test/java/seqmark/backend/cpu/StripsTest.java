package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class StripsTest {
  private static final int[] SIZES = {0, 1, 3, 7, 8, 63, 130};
  private static final int AT = 5;

  private interface Element {
    float of(float x, float y, float z);
  }

  private interface Strip {
    void run(float[] x, float[] y, float[] z, float[] out, int n);
  }

  /** Compares a strip with its meaning, and looks that its neighbours stay as they are. */
  private static void check(String name, Element meaning, Strip strip) {
    for (int n : SIZES) {
      float[] x = values(n, 1);
      float[] y = values(n, 2);
      float[] z = values(n, 3);
      float[] expected = values(n, 4);
      float[] found = expected.clone();
      for (int i = AT; i < AT + n; i++) {
        expected[i] = meaning.of(x[i], y[i], z[i]);
      }
      strip.run(x, y, z, found, n);
      assertArrayEquals(expected, found, name + " of " + n);
    }
  }

  private static float[] values(int n, int seed) {
    float[] values = new float[n + 2 * AT];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(seed * 100 + i) * 3;
    }
    return values;
  }

  @Test
  void arithmetic() {
    check("copy", (x, y, z) -> x, (x, y, z, out, n) -> Strips.copy(x, AT, out, AT, n));
    check("add", (x, y, z) -> x + y, (x, y, z, out, n) -> Strips.add(x, AT, y, AT, out, AT, n));
    check(
        "subtract",
        (x, y, z) -> x - y,
        (x, y, z, out, n) -> Strips.subtract(x, AT, y, AT, out, AT, n));
    check(
        "multiply",
        (x, y, z) -> x * y,
        (x, y, z, out, n) -> Strips.multiply(x, AT, y, AT, out, AT, n));
    check(
        "affine",
        (x, y, z) -> Math.fma(x, 1.7f, 0.3f),
        (x, y, z, out, n) -> Strips.affine(1.7f, x, AT, 0.3f, out, AT, n));
    check(
        "addScaled",
        (x, y, z) -> Math.fma(x, 1.7f, y),
        (x, y, z, out, n) -> Strips.addScaled(1.7f, x, AT, y, AT, out, AT, n));
    check(
        "multiplyAdd",
        (x, y, z) -> Math.fma(x, y, z),
        (x, y, z, out, n) -> Strips.multiplyAdd(x, AT, y, AT, z, AT, out, AT, n));
  }

  @Test
  void gradients() {
    check(
        "throughSigmoid",
        (x, y, z) -> Math.fma(-z, z, z) * (x * y),
        (x, y, z, out, n) -> Functions.throughSigmoid(x, AT, y, AT, z, AT, out, AT, n));
    check(
        "throughTanh",
        (x, y, z) -> Math.fma(-z, z, 1) * (x * y),
        (x, y, z, out, n) -> Functions.throughTanh(x, AT, y, AT, z, AT, out, AT, n));
  }

  @Test
  void sums() {
    for (int n : SIZES) {
      float[] x = values(n, 1);
      float[] y = values(n, 2);
      double sum = 0;
      double dot = 0;
      float max = Float.NEGATIVE_INFINITY;
      for (int i = AT; i < AT + n; i++) {
        sum += x[i];
        dot += (double) x[i] * y[i];
        max = Math.max(max, x[i]);
      }
      assertEquals(sum, Strips.sum(x, AT, n), 1e-5);
      assertEquals(dot, Strips.dot(x, AT, y, AT, n), 1e-4);
      assertEquals(max, Strips.max(x, AT, n));
      if (n > 0) {
        x[AT + n - 1] = Float.NaN;
        assertTrue(Float.isNaN(Strips.max(x, AT, n)));
      }
    }
  }

  /** The order of a sum is written down: changing it changes the bits of every result. */
  @Test
  void theOrderOfASum() {
    assumeTrue(Lanes.SUM == 16);
    float[] x = values(35, 1);
    float[] lanes = new float[16];
    for (int i = 0; i < 32; i++) {
      lanes[i % 16] += x[i];
    }
    for (int by = 8; by > 0; by /= 2) {
      for (int i = 0; i < by; i++) {
        lanes[i] += lanes[i + by];
      }
    }
    float expected = lanes[0] + x[32] + x[33] + x[34];
    assertEquals(expected, Strips.sum(x, 0, 35));
  }
}
