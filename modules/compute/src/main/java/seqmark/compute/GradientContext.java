package seqmark.compute;

/** What an op sees while gradients flow backwards through one of its nodes. */
public sealed interface GradientContext permits Gradients, LoopGradients {
  /** A value of the forward pass as it can be used by the gradient's nodes. */
  Value of(Value forward);

  /** The gradient that reached a result of the node; zeros where none did. */
  Value gradient(Value result);

  /** Whether any gradient reached this result. */
  boolean reached(Value result);

  /** Whether anybody wants the gradient of this operand. */
  boolean wants(Value operand);

  /** Whether there is a sum that an op can add to by itself, by {@link #accumulator}. */
  boolean hasBegun(Value operand);

  /** Adds to the gradient of an operand. */
  void add(Value operand, Value gradient);

  /**
   * Adds {@code op(args)} to the gradient of an operand, where op sums over all leading axes of its
   * arguments. In a loop, when the operand comes from outside, the op leaves the loop and runs once
   * over arguments stacked over time.
   */
  void addSummed(Value operand, Op op, Value... args);

  /** What has been added to the gradient of an operand so far, to be updated by the op itself. */
  Value accumulator(Value operand);

  /** Replaces the sum handed out by {@link #accumulator}. */
  void accumulated(Value operand, Value sum);
}
