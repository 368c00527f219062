package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Arithmetic over contiguous floats, out of which the kernels are made. A strip lies in array
 * {@code x} from {@code x0}; a result may be written in the place of an operand.
 */
final class Strips {
  /** Written, so that what is fetched is not left out as useless. */
  private static float sink;

  private Strips() {}

  /**
   * Reads a matrix before it is needed: the memory hands out line after line much faster than every
   * few, or several rows in turn.
   */
  static void fetch(float[] x, int x0, int ldx, int rows, int columns) {
    float sum = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < columns; i += Memory.LINE) {
        sum += x[x0 + row * ldx + i];
      }
    }
    sink = sum;
  }

  /** {@code y = x}; {@link System#arraycopy} takes longer to begin than a short strip takes. */
  static void copy(float[] x, int x0, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      fromArray(SPECIES, x, x0 + i).intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      y[y0 + i] = x[x0 + i];
    }
  }

  /** {@code z = x + y}. */
  static void add(float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      fromArray(SPECIES, x, x0 + i).add(fromArray(SPECIES, y, y0 + i)).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      z[z0 + i] = x[x0 + i] + y[y0 + i];
    }
  }

  /** {@code z = x - y}. */
  static void subtract(float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      fromArray(SPECIES, x, x0 + i).sub(fromArray(SPECIES, y, y0 + i)).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      z[z0 + i] = x[x0 + i] - y[y0 + i];
    }
  }

  /** {@code z = x * y}. */
  static void multiply(float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      fromArray(SPECIES, x, x0 + i).mul(fromArray(SPECIES, y, y0 + i)).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      z[z0 + i] = x[x0 + i] * y[y0 + i];
    }
  }

  /** {@code y = factor * x + shift}. */
  static void affine(float factor, float[] x, int x0, float shift, float[] y, int y0, int n) {
    FloatVector f = broadcast(SPECIES, factor);
    FloatVector s = broadcast(SPECIES, shift);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      fromArray(SPECIES, x, x0 + i).fma(f, s).intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      y[y0 + i] = Math.fma(x[x0 + i], factor, shift);
    }
  }

  /** {@code z = factor * x + y}. */
  static void addScaled(
      float factor, float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
    FloatVector f = broadcast(SPECIES, factor);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector b = fromArray(SPECIES, y, y0 + i);
      fromArray(SPECIES, x, x0 + i).fma(f, b).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      z[z0 + i] = Math.fma(x[x0 + i], factor, y[y0 + i]);
    }
  }

  /** {@code w = x * y + z}. */
  static void multiplyAdd(
      float[] x, int x0, float[] y, int y0, float[] z, int z0, float[] w, int w0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector b = fromArray(SPECIES, y, y0 + i);
      FloatVector c = fromArray(SPECIES, z, z0 + i);
      fromArray(SPECIES, x, x0 + i).fma(b, c).intoArray(w, w0 + i);
    }
    for (int i = whole; i < n; i++) {
      w[w0 + i] = Math.fma(x[x0 + i], y[y0 + i], z[z0 + i]);
    }
  }

  /** Adds all rows of x {@code [rows][n]} to y. */
  static void addRows(float[] x, int x0, int rows, int n, float[] y, int y0) {
    int whole = Lanes.whole(n);
    for (int c = 0; c < whole; c += LENGTH) {
      FloatVector sum = fromArray(SPECIES, y, y0 + c);
      for (int i = 0; i < rows; i++) {
        sum = sum.add(fromArray(SPECIES, x, x0 + i * n + c));
      }
      sum.intoArray(y, y0 + c);
    }
    for (int c = whole; c < n; c++) {
      for (int i = 0; i < rows; i++) {
        y[y0 + c] += x[x0 + i * n + c];
      }
    }
  }

  /** The sum of products: each lane of a {@link Lanes#SUM} first, then the lanes, then the rest. */
  static float dot(float[] x, int x0, float[] y, int y0, int n) {
    FloatVector a = broadcast(SPECIES, 0);
    FloatVector b = broadcast(SPECIES, 0);
    int whole = Lanes.wholeSum(n);
    for (int i = 0; i < whole; i += Lanes.SUM) {
      a = fromArray(SPECIES, x, x0 + i).fma(fromArray(SPECIES, y, y0 + i), a);
      if (Lanes.SUM > LENGTH) {
        int j = i + LENGTH;
        b = fromArray(SPECIES, x, x0 + j).fma(fromArray(SPECIES, y, y0 + j), b);
      }
    }
    FloatVector lanes = a.add(b);
    if (LENGTH > 8) {
      lanes = lanes.add(lanes.rearrange(Lanes.BY_8));
    }
    if (LENGTH > 4) {
      lanes = lanes.add(lanes.rearrange(Lanes.BY_4));
    }
    lanes = lanes.add(lanes.rearrange(Lanes.BY_2));
    lanes = lanes.add(lanes.rearrange(Lanes.BY_1));
    float sum = lanes.lane(0);
    for (int i = whole; i < n; i++) {
      sum = Math.fma(x[x0 + i], y[y0 + i], sum);
    }
    return sum;
  }

  /** The sum, in the order of {@link #dot}. */
  static float sum(float[] x, int x0, int n) {
    FloatVector a = broadcast(SPECIES, 0);
    FloatVector b = broadcast(SPECIES, 0);
    int whole = Lanes.wholeSum(n);
    for (int i = 0; i < whole; i += Lanes.SUM) {
      a = a.add(fromArray(SPECIES, x, x0 + i));
      if (Lanes.SUM > LENGTH) {
        b = b.add(fromArray(SPECIES, x, x0 + i + LENGTH));
      }
    }
    FloatVector lanes = a.add(b);
    if (LENGTH > 8) {
      lanes = lanes.add(lanes.rearrange(Lanes.BY_8));
    }
    if (LENGTH > 4) {
      lanes = lanes.add(lanes.rearrange(Lanes.BY_4));
    }
    lanes = lanes.add(lanes.rearrange(Lanes.BY_2));
    lanes = lanes.add(lanes.rearrange(Lanes.BY_1));
    float sum = lanes.lane(0);
    for (int i = whole; i < n; i++) {
      sum += x[x0 + i];
    }
    return sum;
  }

  /** The largest element; NaN if there is one. */
  static float max(float[] x, int x0, int n) {
    FloatVector lanes = broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      lanes = lanes.max(fromArray(SPECIES, x, x0 + i));
    }
    if (LENGTH > 8) {
      lanes = lanes.max(lanes.rearrange(Lanes.BY_8));
    }
    if (LENGTH > 4) {
      lanes = lanes.max(lanes.rearrange(Lanes.BY_4));
    }
    lanes = lanes.max(lanes.rearrange(Lanes.BY_2));
    lanes = lanes.max(lanes.rearrange(Lanes.BY_1));
    float max = lanes.lane(0);
    for (int i = whole; i < n; i++) {
      max = Math.max(max, x[x0 + i]);
    }
    return max;
  }
}
