package seqmark.nn.layer;

import static seqmark.compute.Ops.concat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * A linear map of the last axis, with or without a bias.
 *
 * @param weight {@code [in, out]}
 * @param bias {@code [out]}
 */
public record Linear(Value weight, Optional<Value> bias) {
  /**
   * From so many vectors on, a wide product saves more time than it takes to put weights together.
   * Generation reads one sentence, which has fewer: there it cost conv-seq2seq 6%.
   */
  private static final int MANY = 256;

  /** A map with a bias; weights and bias start uniform in {@code ±1/sqrt(in)}. */
  public static Linear of(Graph g, String name, int in, int out) {
    Init init = Init.uniform(1 / Math.sqrt(in));
    return of(g, name, in, out, init, init);
  }

  /** A map with a bias that starts as told. */
  public static Linear of(Graph g, String name, int in, int out, Init weight, Init bias) {
    return new Linear(
        g.parameter(name + ".weight", weight, in, out),
        Optional.of(g.parameter(name + ".bias", bias, out)));
  }

  /** A map without a bias that starts uniform in {@code ±1/sqrt(in)}. */
  public static Linear unbiased(Graph g, String name, int in, int out) {
    return unbiased(g, name, in, out, Init.uniform(1 / Math.sqrt(in)));
  }

  /** A map without a bias that starts as told. */
  public static Linear unbiased(Graph g, String name, int in, int out, Init weight) {
    return new Linear(g.parameter(name + ".weight", weight, in, out), Optional.empty());
  }

  /**
   * Maps of the same vectors as one, whose results lie side by side: one wide product takes less
   * time than narrow ones.
   */
  private static Linear joined(Linear... maps) {
    Value[] weights = Arrays.stream(maps).map(Linear::weight).toArray(Value[]::new);
    Value[] biases = Arrays.stream(maps).map(Linear::biasOrZeros).toArray(Value[]::new);
    boolean biased = Arrays.stream(maps).anyMatch(map -> map.bias.isPresent());
    return new Linear(
        concat(1, weights), biased ? Optional.of(concat(0, biases)) : Optional.empty());
  }

  /** What each of some maps makes of {@code x [..., in]}: of many, as parts of a wide product. */
  public static List<Value> each(Value x, Linear... maps) {
    if (x.shape().sizeBefore(-1) < MANY) {
      return Arrays.stream(maps).map(map -> map.apply(x)).toList();
    }
    int[] widths = Arrays.stream(maps).mapToInt(map -> map.weight.shape().dim(1)).toArray();
    return Ops.split(joined(maps).apply(x), x.shape().rank() - 1, widths);
  }

  private Value biasOrZeros() {
    return bias.orElseGet(() -> Ops.zeros(weight.graph(), weight.shape().dim(1)));
  }

  /**
   * {@code x [..., in]} to {@code [..., out]}. Where x are vectors of many tokens out of a small
   * table, the table's rows are mapped and then looked up: an alphabet is shorter than a batch.
   */
  public Value apply(Value x) {
    return Embedding.each(x, this::map);
  }

  private Value map(Value x) {
    return bias.map(b -> Ops.dense(x, weight, b)).orElseGet(() -> Ops.dense(x, weight));
  }

  /** Vectors whose elements are in parts: {@code [..., in_i]}, all together {@code in}. */
  public Value apply(List<Value> parts) {
    int[] widths = parts.stream().mapToInt(part -> part.shape().dim(-1)).toArray();
    List<Value> weights = Ops.split(weight, 0, widths);
    Value sum = new Linear(weights.getFirst(), bias).apply(parts.getFirst());
    for (int i = 1; i < parts.size(); i++) {
      sum = Ops.dense(parts.get(i), weights.get(i), sum);
    }
    return sum;
  }

  /**
   * {@code x · weight + addend}: one more term of a sum of maps, whose bias is in another term.
   *
   * @param x {@code [..., in]}
   * @param addend {@code [..., out]}
   * @throws IllegalStateException if this map has a bias, which would be lost
   */
  public Value addTo(Value addend, Value x) {
    if (bias.isPresent()) {
      throw new IllegalStateException(
          "linear: " + weight + " is added to another term, expected no bias: use unbiased");
    }
    return Ops.dense(x, weight, addend);
  }
}
