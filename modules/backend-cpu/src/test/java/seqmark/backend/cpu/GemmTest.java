package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GemmTest {
  private static final int[] SIZES = {1, 3, 7, 63, 130};

  /** Where matrices start; what lies around them must stay as it is. */
  private static final int AT = 3;

  private static final class Problem {
    final int m;
    final int k;
    final int n;
    final Gemm gemm;
    final float[] a;
    final float[] b;
    final float[] c;

    Problem(int m, int k, int n) {
      this.m = m;
      this.k = k;
      this.n = n;
      gemm = new Gemm(k, n, false);
      Random random = new Random(m * 31L + k * 17L + n);
      a = filled(random, m * k);
      b = filled(random, k * n);
      c = filled(random, m * n);
    }

    float[] expected() {
      float[] sum = c.clone();
      for (int i = 0; i < m * n; i++) {
        for (int j = 0; j < k; j++) {
          float x = a[AT + i / n * k + j];
          sum[AT + i] = Math.fma(x, b[AT + j * n + i % n], sum[AT + i]);
        }
      }
      return sum;
    }

    float[] packed() {
      float[] packed = nothingPacked();
      gemm.panels.pack(b, AT, packed, AT, 0, gemm.panels.count());
      return packed;
    }

    float[] nothingPacked() {
      float[] packed = new float[AT + gemm.panels.floats()];
      Arrays.fill(packed, Float.NaN);
      return packed;
    }

    /** The product, rows up to each end on their own. */
    float[] product(int... ends) {
      float[] packed = packed();
      float[] result = c.clone();
      int from = 0;
      for (int to : ends) {
        gemm.multiply(a, AT, packed, AT, result, AT, n, result, AT, from, to);
        from = to;
      }
      return result;
    }

    @Override
    public String toString() {
      return m + " x " + k + " x " + n;
    }
  }

  private static float[] filled(Random random, int size) {
    float[] values = new float[size + 2 * AT];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private static void everySize(Consumer<Problem> check) {
    for (int m : SIZES) {
      for (int k : SIZES) {
        for (int n : SIZES) {
          check.accept(new Problem(m, k, n));
        }
      }
    }
    check.accept(new Problem(10, 700, 40));
    check.accept(new Problem(250, 300, 33));
  }

  @Test
  void isAChainOfFusedMultiplyAdds() {
    everySize(p -> assertArrayEquals(p.expected(), p.product(p.m), p.toString()));
  }

  @Test
  void unpackedHasTheSameBits() {
    everySize(p -> {
      float[] c = p.c.clone();
      p.gemm.multiplyUnpacked(p.a, AT, p.b, AT, c, AT, p.n, c, AT, p.m);
      assertArrayEquals(p.expected(), c, p.toString());
    });
  }

  @Test
  void sumsBeginWithAnotherMatrixOrWithARow() {
    everySize(p -> {
      float[] c = filled(new Random(1), p.m * p.n);
      p.gemm.multiply(p.a, AT, p.packed(), AT, p.c, AT, p.n, c, AT, 0, p.m);
      assertArrayEquals(p.expected(), inFrameOf(p.c, c), p.toString());
      float[] nothing = new float[AT + p.m * p.n + AT];
      p.gemm.multiply(p.a, AT, p.packed(), AT, nothing, AT, p.n, nothing, AT, 0, p.m);
      float[] zeros = filled(new Random(2), p.m * p.n);
      p.gemm.multiply(p.a, AT, p.packed(), AT, p.gemm.zeros(), 0, 0, zeros, AT, 0, p.m);
      assertArrayEquals(nothing, inFrameOf(nothing, zeros), p.toString());
      p.gemm.multiplyUnpacked(p.a, AT, p.b, AT, p.gemm.zeros(), 0, 0, zeros, AT, p.m);
      assertArrayEquals(nothing, inFrameOf(nothing, zeros), p.toString());
    });
  }

  /** The second with what lies around the first. */
  private static float[] inFrameOf(float[] frame, float[] x) {
    float[] result = frame.clone();
    System.arraycopy(x, AT, result, AT, x.length - 2 * AT);
    return result;
  }

  @Test
  void aTransposeOnTheLeftHasTheSameBits() {
    everySize(p -> {
      float[] transpose = new float[AT + p.k * p.m];
      Transposed.copy(p.a, AT, p.k, p.m, p.k, transpose, AT, p.m);
      float[] c = p.c.clone();
      Gemm gemm = new Gemm(p.k, p.n, false, p.m, p.n, null);
      gemm.multiplyTransposed(transpose, AT, 0, p.packed(), AT, c, AT, p.n, c, AT, 0, p.m, p.k);
      assertArrayEquals(p.expected(), c, p.toString());
    });
  }

  @Test
  void firstRowsArePackedToTheSame() {
    everySize(p -> {
      float[] packed = p.nothingPacked();
      p.gemm.panels.packRows(p.b, AT, p.n, packed, AT, p.k);
      assertArrayEquals(p.packed(), packed, p.toString());
    });
  }

  @Test
  void splitRowsHaveTheSameBits() {
    everySize(p -> {
      int third = p.m / 3;
      float[] found = p.product(third, third + p.m / 2, p.m);
      assertArrayEquals(p.expected(), found, p.toString());
    });
  }

  @Test
  void panelsArePackedOneByOneOrAllAtOnce() {
    Problem p = new Problem(1, 7, 130);
    float[] packed = p.nothingPacked();
    for (int i = 0; i < p.gemm.panels.count(); i++) {
      p.gemm.panels.pack(p.b, AT, packed, AT, i, i + 1);
    }
    assertArrayEquals(p.packed(), packed);
  }

  @Test
  void aTransposeIsPackedToTheSame() {
    everySize(p -> {
      float[] transpose = new float[AT + p.n * p.k];
      Transposed.copy(p.b, AT, p.n, p.k, p.n, transpose, AT, p.k);
      float[] packed = p.nothingPacked();
      Gemm transposed = new Gemm(p.k, p.n, true);
      transposed.panels.pack(transpose, AT, packed, AT, 0, transposed.panels.count());
      assertArrayEquals(p.packed(), packed, p.toString());
    });
  }

  @Test
  void transposes() {
    int gap = 5;
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        float[] x = filled(new Random(rows), rows * (columns + gap));
        float[] y = new float[columns * (rows + gap)];
        Transposed.copy(x, AT, columns + gap, rows, columns, y, 0, rows + gap);
        for (int i = 0; i < y.length; i++) {
          int row = i % (rows + gap);
          int column = i / (rows + gap);
          float expected = row < rows ? x[AT + row * (columns + gap) + column] : 0;
          assertEquals(expected, y[i], rows + " x " + columns);
        }
      }
    }
  }
}
