package seqmark.compute;

import java.util.List;

/**
 * All there is to know of an operation: shapes, gradient, float64 reference, cost.
 *
 * <p>An op is a record holding its attributes. How fast it runs is the business of a backend, which
 * maps the record's class to a kernel.
 */
public interface Op {
  /** The name in printed graphs and in errors. */
  String name();

  /**
   * The shapes of the results.
   *
   * @throws ShapeException if the operands do not fit, naming both shapes
   */
  List<Shape> infer(List<Shape> in);

  /**
   * Adds the gradients of the node's operands to {@code g} (a vector–Jacobian product).
   *
   * <p>The default says that the op has no gradient: an error when a parameter lies behind it.
   */
  default void vjp(Node node, GradientContext g) {
    throw new UnsupportedOperationException(
        name() + ": has no gradient, but a parameter lies behind " + node);
  }

  /**
   * Computes the results in float64, in the plainest way: the truth that kernels are tested with.
   *
   * @param in one row-major array per operand
   * @param out one row-major array per result, to be filled completely
   */
  void reference(Node node, double[][] in, double[][] out);

  /**
   * Whether a backend in main memory that has no kernel for this op may run {@link #reference}
   * instead. That is slow, and reports say so; it is meant for ops that a plug-in brings.
   */
  default boolean runsByReference() {
    return false;
  }

  /** Floating-point operations and bytes moved by one execution. */
  default Cost cost(Node node) {
    return Cost.elementwise(node, 1);
  }

  /**
   * The operand in whose memory result {@code out} may be written, if a node has it and it is as
   * large, or -1.
   */
  default int inPlace(int out) {
    return -1;
  }

  /**
   * Whether a gradient that reads the result makes it again rather than have it kept: it only
   * copies what takes less memory or is there anyway.
   */
  default boolean isMadeAgain(Node node) {
    return false;
  }

  /** Whether operand {@code in} (persistent) is updated in place; such ops have no results. */
  default boolean writes(int in) {
    return false;
  }

  /** For ops that only look at their operand differently: the offset in floats into it, or -1. */
  default int viewOffset(Node node) {
    return -1;
  }

  /**
   * Whether row {@code r} (first axis) of every result depends on no other row of this operand.
   *
   * <p>Loops whose bodies have only such ops run split by batch rows, without a barrier per step.
   * An operand from outside the loop for which this is false is shared by all rows.
   */
  default boolean rowWise(Node node, int in) {
    return false;
  }
}
