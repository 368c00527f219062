package seqmark.backend.cpu;

import java.util.Arrays;

/**
 * Gradients of a weight and of a bias, of which every part of the rows has sums of its own: they
 * are added in the order of the parts, whoever made them.
 */
final class PartialSums {
  private final Operand sums;
  private final int parts;
  private final Operand weight;
  private final int weights;
  private final Operand bias;
  private final int floats;

  /**
   * Sums of {@code weights} and then {@code biases} elements per part.
   *
   * @param sums scratch memory of {@code parts * (weights + biases)} floats
   */
  PartialSums(Operand sums, int parts, Operand weight, int weights, Operand bias, int biases) {
    this.sums = sums;
    this.parts = parts;
    this.weight = weight;
    this.weights = weights;
    this.bias = bias;
    floats = weights + biases;
  }

  /** The elements of both. */
  int floats() {
    return floats;
  }

  float[] data() {
    return sums.data();
  }

  /** Where a part's sums of the weight lie, now zeros; those of the bias come behind them. */
  int begin(int t, int part) {
    int at = sums.at(t) + part * floats;
    Arrays.fill(sums.data(), at, at + floats, 0);
    return at;
  }

  /** Adds up the elements {@code from .. to - 1} of both. */
  void add(int t, int from, int to) {
    int last = Math.min(to, weights);
    if (from < last) {
      add(t, from, last, weight.data(), weight.at(t) + from);
    }
    int first = Math.max(from, weights);
    if (first < to) {
      add(t, first, to, bias.data(), bias.at(t) + first - weights);
    }
  }

  private void add(int t, int from, int to, float[] y, int at) {
    Arrays.fill(y, at, at + to - from, 0);
    for (int i = 0; i < parts; i++) {
      Strips.add(sums.data(), sums.at(t) + i * floats + from, y, at, y, at, to - from);
    }
  }
}
