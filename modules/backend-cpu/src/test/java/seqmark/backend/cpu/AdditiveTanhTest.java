package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AdditiveTanhTest {
  private static final float[] ENDS = {
    Float.NEGATIVE_INFINITY, -1e30f, -100, -44, 44, 100, 1e30f, Float.POSITIVE_INFINITY
  };

  /** By vectors and by what comes behind them, which have to agree. */
  private static float tanh(float q, float k) {
    float[] one = {q, k, 1};
    AdditiveTanh.powers(one, 0, one, 0, 2);
    float r = AdditiveTanh.sum(one, 0, one, 1, one, 2, 1);
    int n = Lanes.SUM;
    float[] all = new float[3 * n];
    Arrays.fill(all, 0, n, q);
    Arrays.fill(all, n, 2 * n, k);
    AdditiveTanh.powers(all, 0, all, 0, 2 * n);
    all[2 * n] = 1;
    assertEquals(r, AdditiveTanh.sum(all, 0, all, n, all, 2 * n, n), q + " and " + k);
    return 1 - 2 * r;
  }

  @Test
  void accuracy() {
    for (float q = -60; q < 60; q += 0.37f) {
      for (float k = -60; k < 60; k += 0.41f) {
        boolean cancel = q * k < 0 && Math.min(Math.abs(q), Math.abs(k)) > 34;
        double expected = cancel ? tanh(q, k) : Math.tanh((double) q + k);
        assertEquals(expected, tanh(q, k), 3e-7, q + " and " + k);
      }
    }
  }

  @Test
  void isANumberForAllThatAre() {
    for (float q : ENDS) {
      for (float k : ENDS) {
        assertFalse(Float.isNaN(tanh(q, k)), q + " and " + k);
      }
      assertTrue(Float.isNaN(tanh(q, Float.NaN)));
      assertEquals(Math.signum(q), tanh(q, 0));
    }
  }

  @Test
  void theSumIsTheSameInVectorsAndOneByOne() {
    int n = 2 * Lanes.SUM + 3;
    float[] q = new float[n];
    float[] k = new float[n];
    float[] v = new float[n];
    double expected = 0;
    for (int i = 0; i < n; i++) {
      q[i] = (float) Math.sin(i);
      k[i] = (float) Math.cos(3 * i);
      v[i] = i - 5;
      expected += v[i] / (1 + Math.exp(2.0 * q[i] + 2.0 * k[i]));
    }
    AdditiveTanh.powers(q, 0, q, 0, n);
    AdditiveTanh.powers(k, 0, k, 0, n);
    assertEquals(expected, AdditiveTanh.sum(q, 0, k, 0, v, 0, n), 1e-4);
  }
}
