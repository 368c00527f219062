package seqmark.compute;

import java.util.Arrays;

/**
 * The extents of a row-major tensor, for instance {@code [B, T, dModel]}; {@code []} is a scalar.
 */
public final class Shape {
  /** The shape of a single number. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    long product = 1;
    for (int d : dims) {
      if (d < 1) {
        throw new IllegalArgumentException(
            "shape: every extent must be at least 1, found " + Arrays.toString(dims));
      }
      product = Math.multiplyExact(product, d);
    }
    if (product > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException(
          "shape: " + Arrays.toString(dims) + " has " + product + " elements, more than 2^31");
    }
    this.dims = dims;
    this.size = (int) product;
  }

  /**
   * A shape with these extents.
   *
   * @throws IllegalArgumentException if an extent is below 1 or the tensor would not fit an array
   */
  public static Shape of(int... dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /** The number of axes. */
  public int rank() {
    return dims.length;
  }

  /** The extent of an axis; negative axes count from the end, so {@code -1} is the last. */
  public int dim(int axis) {
    int a = axis < 0 ? axis + dims.length : axis;
    if (a < 0 || a >= dims.length) {
      throw new IllegalArgumentException("shape: no axis " + axis + " in " + this);
    }
    return dims[a];
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The product of the extents before {@code axis}; negative axes count from the end. */
  public int sizeBefore(int axis) {
    int end = axis < 0 ? axis + dims.length : axis;
    int product = 1;
    for (int i = 0; i < end; i++) {
      product *= dims[i];
    }
    return product;
  }

  /** The product of the extents after {@code axis}; negative axes count from the end. */
  public int sizeAfter(int axis) {
    int start = axis < 0 ? axis + dims.length : axis;
    int product = 1;
    for (int i = start + 1; i < dims.length; i++) {
      product *= dims[i];
    }
    return product;
  }

  /** This shape with another extent on one axis. */
  public Shape with(int axis, int extent) {
    int[] changed = dims.clone();
    changed[axis < 0 ? axis + dims.length : axis] = extent;
    return Shape.of(changed);
  }

  /** This shape with a new leading axis. */
  public Shape prepend(int extent) {
    int[] longer = new int[dims.length + 1];
    longer[0] = extent;
    System.arraycopy(dims, 0, longer, 1, dims.length);
    return Shape.of(longer);
  }

  /** This shape with a new last axis. */
  public Shape append(int extent) {
    int[] longer = Arrays.copyOf(dims, dims.length + 1);
    longer[dims.length] = extent;
    return Shape.of(longer);
  }

  /** The axes from {@code from} up to but without {@code to}. */
  public Shape axes(int from, int to) {
    return Shape.of(Arrays.copyOfRange(dims, from, to));
  }

  /** Whether the last axes of this shape are exactly {@code suffix}. */
  public boolean endsWith(Shape suffix) {
    int skip = dims.length - suffix.dims.length;
    return skip >= 0 && Arrays.equals(dims, skip, dims.length, suffix.dims, 0, suffix.dims.length);
  }

  /** A copy of the extents. */
  public int[] toArray() {
    return dims.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
