package seqmark.nn.io;

import seqmark.compute.Shape;

/**
 * Numbers with a shape.
 *
 * @param values row-major
 */
public record Tensor(Shape shape, float[] values) {
  /** Checks that there are as many values as the shape says. */
  public Tensor {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "tensor: shape " + shape + " needs " + shape.size() + " values, found " + values.length);
    }
  }
}
