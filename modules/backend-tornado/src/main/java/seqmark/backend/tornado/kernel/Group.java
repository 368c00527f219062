package seqmark.backend.tornado.kernel;

/**
 * What the work-items of a workgroup do together. Local arrays are touched by kernels themselves
 * only: TornadoVM 5.2.0 gets the index wrong where a method gets the array as an argument.
 */
public final class Group {
  /** The work-items of a workgroup; a power of two. */
  public static final int LANES = 64;

  /** Less than any number that is compared with it, and finite. */
  static final float LOWEST = -3.4e38f;

  private Group() {}

  /** The larger of two numbers, or their sum; NaN counts as less than any other. */
  static float joined(boolean larger, float a, float b) {
    float both = a + b;
    if (larger) {
      both = b > a ? b : a;
    }
    return both;
  }
}
