package seqmark.compute.op;

/** The functions of one operand. */
public enum Function {
  /** Hyperbolic tangent. */
  TANH,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** {@code max(x, 0)}. */
  RELU,
  /** The exponential. */
  EXP,
  /** The natural logarithm. */
  LOG,
  /** The square root. */
  SQRT,
  /**
   * {@code x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))}: Hendrycks and Gimpel 2016,
   * section 2.
   */
  GELU,
  /** {@code x / (1 + exp(-x))}: the sigmoid linear unit, also called swish. */
  SILU,
  /** {@code log(1 + exp(x))}. */
  SOFTPLUS;

  /** The factor inside GELU's tanh. */
  public static final double GELU_SCALE = Math.sqrt(2 / Math.PI);

  /** The share of the cube inside GELU's tanh. */
  public static final double GELU_CUBE = 0.044715;

  double apply(double x) {
    return switch (this) {
      case TANH -> Math.tanh(x);
      case SIGMOID -> sigmoid(x);
      case RELU -> Math.max(x, 0);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case GELU -> x / 2 * (1 + geluTanh(x));
      case SILU -> x * sigmoid(x);
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    };
  }

  private static double geluTanh(double x) {
    return Math.tanh(GELU_SCALE * (x + GELU_CUBE * x * x * x));
  }

  /** The derivative, from the function's operand and result. */
  double slope(double x, double y) {
    return switch (this) {
      case TANH -> 1 - y * y;
      case SIGMOID -> y * (1 - y);
      case RELU -> y > 0 ? 1 : 0;
      case EXP -> y;
      case LOG -> 1 / x;
      case SQRT -> 0.5 / y;
      case GELU -> {
        double t = geluTanh(x);
        double inner = GELU_SCALE * (1 + 3 * GELU_CUBE * x * x);
        yield (1 + t + x * (1 - t * t) * inner) / 2;
      }
      case SILU -> sigmoid(x) * (1 + x * sigmoid(-x));
      case SOFTPLUS -> -Math.expm1(-y);
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Whether {@link #slope} looks at the operand rather than at the result. */
  boolean slopeFromOperand() {
    return switch (this) {
      case LOG, GELU, SILU -> true;
      case TANH, SIGMOID, RELU, EXP, SQRT, SOFTPLUS -> false;
    };
  }
}
