package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.Lanes.WIDE;
import static seqmark.backend.cpu.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Arithmetic over contiguous floats, out of which the kernels are made. A strip lies in array
 * {@code x} from {@code x0}; a result may be written in the place of an operand.
 */
final class Strips {
  private Strips() {}

  /** {@code y = x}; {@link System#arraycopy} takes longer to begin than a short strip takes. */
  static void copy(float[] x, int x0, float[] y, int y0, int n) {
    int whole = Lanes.wholeWide(n);
    for (int i = 0; i < whole; i += WIDTH) {
      fromArray(WIDE, x, x0 + i).intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      y[y0 + i] = x[x0 + i];
    }
  }

  /** {@code z = x + y}. */
  static void add(float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
    int whole = Lanes.wholeWide(n);
    for (int i = 0; i < whole; i += WIDTH) {
      fromArray(WIDE, x, x0 + i).add(fromArray(WIDE, y, y0 + i)).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      z[z0 + i] = x[x0 + i] + y[y0 + i];
    }
  }

  /** {@code z = x - y}. */
  static void subtract(float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
    int whole = Lanes.wholeWide(n);
    for (int i = 0; i < whole; i += WIDTH) {
      fromArray(WIDE, x, x0 + i).sub(fromArray(WIDE, y, y0 + i)).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      z[z0 + i] = x[x0 + i] - y[y0 + i];
    }
  }

  /** {@code z = x * y}. */
  static void multiply(float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
    int whole = Lanes.wholeWide(n);
    for (int i = 0; i < whole; i += WIDTH) {
      fromArray(WIDE, x, x0 + i).mul(fromArray(WIDE, y, y0 + i)).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      z[z0 + i] = x[x0 + i] * y[y0 + i];
    }
  }

  /** {@code y = factor * x + shift}. */
  static void affine(float factor, float[] x, int x0, float shift, float[] y, int y0, int n) {
    FloatVector f = broadcast(WIDE, factor);
    FloatVector s = broadcast(WIDE, shift);
    int whole = Lanes.wholeWide(n);
    for (int i = 0; i < whole; i += WIDTH) {
      fromArray(WIDE, x, x0 + i).fma(f, s).intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      y[y0 + i] = Math.fma(x[x0 + i], factor, shift);
    }
  }

  /** {@code z = factor * x + y}. */
  static void addScaled(
      float factor, float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
    FloatVector f = broadcast(WIDE, factor);
    int whole = Lanes.wholeWide(n);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector b = fromArray(WIDE, y, y0 + i);
      fromArray(WIDE, x, x0 + i).fma(f, b).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      z[z0 + i] = Math.fma(x[x0 + i], factor, y[y0 + i]);
    }
  }

  /** {@code w = x * y + z}. */
  static void multiplyAdd(
      float[] x, int x0, float[] y, int y0, float[] z, int z0, float[] w, int w0, int n) {
    int whole = Lanes.wholeWide(n);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector b = fromArray(WIDE, y, y0 + i);
      FloatVector c = fromArray(WIDE, z, z0 + i);
      fromArray(WIDE, x, x0 + i).fma(b, c).intoArray(w, w0 + i);
    }
    for (int i = whole; i < n; i++) {
      w[w0 + i] = Math.fma(x[x0 + i], y[y0 + i], z[z0 + i]);
    }
  }

  /** The sum of products: each lane for itself first, then the lanes, then the rest. */
  static float dot(float[] x, int x0, float[] y, int y0, int n) {
    FloatVector lanes = broadcast(SPECIES, 0);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      lanes = fromArray(SPECIES, x, x0 + i).fma(fromArray(SPECIES, y, y0 + i), lanes);
    }
    lanes = lanes.add(lanes.rearrange(Lanes.HALF));
    lanes = lanes.add(lanes.rearrange(Lanes.QUARTER));
    if (LENGTH > 4) {
      lanes = lanes.add(lanes.rearrange(Lanes.EIGHTH));
    }
    float sum = lanes.lane(0);
    for (int i = whole; i < n; i++) {
      sum = Math.fma(x[x0 + i], y[y0 + i], sum);
    }
    return sum;
  }

  /** The sum, in the order of {@link #dot}. */
  static float sum(float[] x, int x0, int n) {
    FloatVector lanes = broadcast(SPECIES, 0);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      lanes = lanes.add(fromArray(SPECIES, x, x0 + i));
    }
    lanes = lanes.add(lanes.rearrange(Lanes.HALF));
    lanes = lanes.add(lanes.rearrange(Lanes.QUARTER));
    if (LENGTH > 4) {
      lanes = lanes.add(lanes.rearrange(Lanes.EIGHTH));
    }
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
    lanes = lanes.max(lanes.rearrange(Lanes.HALF));
    lanes = lanes.max(lanes.rearrange(Lanes.QUARTER));
    if (LENGTH > 4) {
      lanes = lanes.max(lanes.rearrange(Lanes.EIGHTH));
    }
    float max = lanes.lane(0);
    for (int i = whole; i < n; i++) {
      max = Math.max(max, x[x0 + i]);
    }
    return max;
  }
}
