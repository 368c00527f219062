package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import seqmark.compute.op.Elementwise.Arithmetic;

/**
 * Arithmetic over contiguous floats, out of which the kernels are made. A strip lies in array
 * {@code x} from {@code x0}; a result may be written in the place of an operand.
 */
final class Strips {
  private Strips() {}

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

  /** {@code z = x op y}; an operand with step 0 is one number for the whole strip. */
  static void binary(
      Arithmetic op,
      float[] x,
      int x0,
      int xStep,
      float[] y,
      int y0,
      int yStep,
      float[] z,
      int z0,
      int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector a = xStep == 0 ? broadcast(SPECIES, x[x0]) : fromArray(SPECIES, x, x0 + i);
      FloatVector b = yStep == 0 ? broadcast(SPECIES, y[y0]) : fromArray(SPECIES, y, y0 + i);
      FloatVector c =
          switch (op) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.sub(b);
            case MULTIPLY -> a.mul(b);
            case DIVIDE -> a.div(b);
          };
      c.intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      float a = x[x0 + i * xStep];
      float b = y[y0 + i * yStep];
      z[z0 + i] =
          switch (op) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
          };
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
    float max = lanes.reduceLanes(VectorOperators.MAX);
    for (int i = whole; i < n; i++) {
      max = Math.max(max, x[x0 + i]);
    }
    return max;
  }
}
