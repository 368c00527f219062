package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GemmTest {
  private static final int[] SIZES = {1, 3, 7, 63, 130};
  private static final int PAD = 5;
  private static final int OFFSET = 3;

  /** A product in matrices that are wider than needed and do not start at the front. */
  private static final class Problem {
    final int m;
    final int k;
    final int n;
    final float[] a;
    final float[] b;
    final float[] c;

    Problem(int m, int k, int n) {
      this.m = m;
      this.k = k;
      this.n = n;
      Random random = new Random(m * 31L + k * 17L + n);
      a = filled(random, OFFSET + m * (k + PAD));
      b = filled(random, OFFSET + k * (n + PAD));
      c = filled(random, OFFSET + m * (n + PAD));
    }

    float[] expected() {
      float[] sum = c.clone();
      for (int row = 0; row < m; row++) {
        for (int column = 0; column < n; column++) {
          int at = OFFSET + row * (n + PAD) + column;
          for (int i = 0; i < k; i++) {
            float x = a[OFFSET + row * (k + PAD) + i];
            sum[at] = Math.fma(x, b[OFFSET + i * (n + PAD) + column], sum[at]);
          }
        }
      }
      return sum;
    }

    float[] packed(int from, int to) {
      float[] packed = packing();
      Gemm.pack(b, OFFSET, n + PAD, k, n, packed, 2, from, to);
      return packed;
    }

    float[] packing() {
      float[] packed = new float[2 + Gemm.packedFloats(k, n)];
      Arrays.fill(packed, Float.NaN);
      return packed;
    }

    float[] times(float[] packed, int... rowSplits) {
      float[] result = c.clone();
      int from = 0;
      for (int to : rowSplits) {
        int aAt = OFFSET + from * (k + PAD);
        int cAt = OFFSET + from * (n + PAD);
        Gemm.multiply(a, aAt, k + PAD, packed, 2, k, result, cAt, n + PAD, to - from, n);
        from = to;
      }
      return result;
    }
  }

  private static float[] filled(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private interface Check {
    void run(Problem p);
  }

  private static void everySize(Check check) {
    for (int m : SIZES) {
      for (int k : SIZES) {
        for (int n : SIZES) {
          check.run(new Problem(m, k, n));
        }
      }
    }
    check.run(new Problem(10, 700, 40));
    check.run(new Problem(250, 300, 33));
  }

  private static String name(Problem p) {
    return p.m + " x " + p.k + " x " + p.n;
  }

  @Test
  void isAChainOfFusedMultiplyAdds() {
    everySize(
        p -> assertArrayEquals(p.expected(), p.times(p.packed(0, Gemm.panels(p.n)), p.m), name(p)));
  }

  @Test
  void unpackedHasTheSameBits() {
    everySize(p -> {
      float[] c = p.c.clone();
      Gemm.multiplyUnpacked(
          p.a, OFFSET, p.k + PAD, p.b, OFFSET, p.n + PAD, p.k, c, OFFSET, p.n + PAD, p.m, p.n);
      assertArrayEquals(p.expected(), c, name(p));
    });
  }

  @Test
  void splitRowsHaveTheSameBits() {
    everySize(p -> {
      float[] packed = p.packed(0, Gemm.panels(p.n));
      int third = p.m / 3;
      assertArrayEquals(p.expected(), p.times(packed, third, third + p.m / 2, p.m), name(p));
    });
  }

  @Test
  void panelsArePackedOneByOneOrAllAtOnce() {
    Problem p = new Problem(1, 7, 130);
    float[] oneByOne = p.packing();
    for (int i = 0; i < Gemm.panels(p.n); i++) {
      Gemm.pack(p.b, OFFSET, p.n + PAD, p.k, p.n, oneByOne, 2, i, i + 1);
    }
    assertArrayEquals(p.packed(0, Gemm.panels(p.n)), oneByOne);
  }

  @Test
  void aTransposeIsPackedToTheSame() {
    everySize(p -> {
      float[] transpose = new float[OFFSET + p.n * (p.k + PAD)];
      Blocks.transpose(p.b, OFFSET, p.n + PAD, p.k, p.n, transpose, OFFSET, p.k + PAD);
      float[] packed = p.packing();
      int panels = Gemm.panels(p.n);
      Gemm.packTransposed(transpose, OFFSET, p.k + PAD, p.k, p.n, packed, 2, 0, panels);
      assertArrayEquals(p.packed(0, panels), packed, name(p));
    });
  }

  @Test
  void transposes() {
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        float[] from = filled(new Random(rows), OFFSET + rows * (columns + PAD));
        float[] to = new float[columns * (rows + PAD)];
        Blocks.transpose(from, OFFSET, columns + PAD, rows, columns, to, 0, rows + PAD);
        for (int i = 0; i < columns * (rows + PAD); i++) {
          int row = i % (rows + PAD);
          int column = i / (rows + PAD);
          float expected = row < rows ? from[OFFSET + row * (columns + PAD) + column] : 0;
          assertEquals(expected, to[i], rows + " x " + columns);
        }
      }
    }
  }
}
