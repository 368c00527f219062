package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/** The functions of one operand and their slopes, by the order of {@code op.Function}. */
final class Functions {
  private static final int TANH = 0;
  private static final int SIGMOID = 1;
  private static final int RELU = 2;
  private static final int EXP = 3;
  private static final int LOG = 4;
  private static final int SQRT = 5;
  private static final int GELU = 6;
  private static final int SILU = 7;
  private static final float GELU_SCALE = 0.7978845608f;
  private static final float GELU_CUBE = 0.044715f;

  private Functions() {}

  static float apply(int function, float x) {
    if (function < RELU) {
      return function == TANH ? TornadoMath.tanh(x) : logistic(x);
    }
    if (function < LOG) {
      return function == RELU ? rectified(x) : TornadoMath.exp(x);
    }
    if (function < GELU) {
      return function == LOG ? TornadoMath.log(x) : TornadoMath.sqrt(x);
    }
    if (function == GELU) {
      return 0.5f * x * (1f + geluTanh(x));
    }
    return function == SILU ? x * logistic(x) : softplus(x);
  }

  /** The slope times a gradient; {@code s} is the function's operand or result. */
  static float slope(int function, float s, float gradient) {
    if (function < RELU) {
      return function == TANH ? (1f - s * s) * gradient : s * (1f - s) * gradient;
    }
    if (function < LOG) {
      return function == RELU ? (s > 0f ? gradient : 0f) : s * gradient;
    }
    if (function < GELU) {
      return function == LOG ? gradient / s : 0.5f * gradient / s;
    }
    if (function == GELU) {
      return geluSlope(s) * gradient;
    }
    return function == SILU ? siluSlope(s) * gradient : softplusSlope(s) * gradient;
  }

  static float logistic(float x) {
    return 1f / (1f + TornadoMath.exp(-x));
  }

  /** NaN stays NaN. */
  private static float rectified(float x) {
    return x < 0f ? 0f : x;
  }

  private static float geluTanh(float x) {
    return TornadoMath.tanh(GELU_SCALE * (x + GELU_CUBE * x * x * x));
  }

  private static float geluSlope(float x) {
    float y = geluTanh(x);
    float inner = GELU_SCALE * (1f + 3f * GELU_CUBE * x * x);
    return 0.5f * (1f + y + x * (1f - y * y) * inner);
  }

  private static float siluSlope(float x) {
    float y = logistic(x);
    return y * (1f + x * (1f - y));
  }

  /** {@code 1 - exp(-y)}, where the result is y. */
  private static float softplusSlope(float y) {
    // The difference would lose what is left of a small y.
    float series = y * (1f - 0.5f * y * (1f - y / 3f));
    return TornadoMath.abs(y) < 1e-2f ? series : 1f - TornadoMath.exp(-y);
  }

  private static float softplus(float x) {
    float e = TornadoMath.exp(-TornadoMath.abs(x));
    // The logarithm of 1 + e would lose what is left of a small e.
    float rest = e < 1e-3f ? e * (1f - 0.5f * e) : TornadoMath.log(1f + e);
    return (x > 0f ? x : 0f) + rest;
  }
}
