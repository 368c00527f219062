package seqmark.backend.tornado;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seqmark.compute.Node;
import seqmark.compute.Shape;

/**
 * The axes of a result and how far apart neighbours along them lie in each operand, with as few
 * axes as will do.
 */
final class Axes {
  private final List<Integer> extents = new ArrayList<>();
  private final List<int[]> strides = new ArrayList<>();

  /**
   * Axes from first to last; those of extent 1 are left out and neighbours are joined where no
   * operand minds.
   *
   * @param operandStrides an array for every operand
   */
  Axes(int[] axisExtents, int[]... operandStrides) {
    for (int i = 0; i < axisExtents.length; i++) {
      int axis = i;
      if (axisExtents[i] > 1) {
        add(axisExtents[i], Arrays.stream(operandStrides).mapToInt(s -> s[axis]).toArray());
      }
    }
  }

  private void add(int extent, int[] stride) {
    if (!strides.isEmpty() && joins(strides.getLast(), extent, stride)) {
      extents.add(extents.removeLast() * extent);
      strides.set(strides.size() - 1, stride);
    } else {
      extents.add(extent);
      strides.add(stride);
    }
  }

  private static boolean joins(int[] outer, int extent, int[] inner) {
    for (int i = 0; i < outer.length; i++) {
      if (outer[i] != inner[i] * extent) {
        return false;
      }
    }
    return true;
  }

  /**
   * The extents of exactly so many axes.
   *
   * @throws IllegalStateException if there are more, naming the node
   */
  int[] extents(int axes, Node n) {
    if (extents.size() > axes) {
      throw new IllegalStateException(
          "backend tornado: no kernel for op %s of node %s: its shapes have %d axes that cannot be"
                  .formatted(n.op().name(), n, extents.size())
              + " joined, more than "
              + axes);
    }
    int[] all = new int[axes];
    Arrays.fill(all, 1);
    for (int i = 0; i < extents.size(); i++) {
      all[axes - extents.size() + i] = extents.get(i);
    }
    return all;
  }

  /** The strides of an operand along exactly so many axes. */
  int[] strides(int axes, int operand) {
    int[] all = new int[axes];
    for (int i = 0; i < strides.size(); i++) {
      all[axes - strides.size() + i] = strides.get(i)[operand];
    }
    return all;
  }

  /** The strides of a row-major tensor. */
  static int[] contiguous(Shape shape) {
    int[] strides = new int[shape.rank()];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = shape.sizeAfter(i);
    }
    return strides;
  }

  /**
   * The strides of an operand that is repeated to fill a result; 0 along axes it is repeated on.
   */
  static int[] repeated(Shape result, Shape operand) {
    int[] strides = new int[result.rank()];
    for (int axis = 1; axis <= operand.rank(); axis++) {
      boolean varies = operand.dim(-axis) > 1;
      strides[result.rank() - axis] = varies ? operand.sizeAfter(operand.rank() - axis) : 0;
    }
    return strides;
  }
}
