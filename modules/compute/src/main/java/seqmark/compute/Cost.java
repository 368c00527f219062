package seqmark.compute;

import java.util.List;

/**
 * What an execution costs: floating-point operations and bytes read and written.
 *
 * <p>A multiply-add counts as two operations; a transcendental function as {@value #FUNCTION}.
 */
public record Cost(long flops, long bytes) {
  /** Operations charged for one exp, tanh or sigmoid. */
  public static final int FUNCTION = 8;

  /** Nothing at all. */
  public static final Cost ZERO = new Cost(0, 0);

  /** The sum of two costs. */
  public Cost plus(Cost other) {
    return new Cost(flops + other.flops, bytes + other.bytes);
  }

  /** This cost, {@code n} times. */
  public Cost times(long n) {
    return new Cost(flops * n, bytes * n);
  }

  /** What nodes cost together. */
  public static Cost of(List<Node> nodes) {
    return nodes.stream().map(n -> n.op().cost(n)).reduce(ZERO, Cost::plus);
  }

  /** {@code perElement} operations per element of the first result, every tensor moved once. */
  public static Cost elementwise(Node node, int perElement) {
    long size = node.out().isEmpty() ? node.in(0).shape().size() : node.out(0).shape().size();
    return new Cost(size * perElement, bytesMoved(node));
  }

  /** {@code flops} operations, every tensor moved once. */
  public static Cost of(Node node, long flops) {
    return new Cost(flops, bytesMoved(node));
  }

  private static long bytesMoved(Node node) {
    long floats = 0;
    for (Value v : node.in()) {
      floats += v.shape().size();
    }
    for (Value v : node.out()) {
      floats += v.shape().size();
    }
    return floats * Float.BYTES;
  }
}
