package seqmark.compute.op;

import java.util.Arrays;
import java.util.List;
import seqmark.compute.CounterRandom;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;

/** Ops without differentiable operands. */
public final class Constants {
  private Constants() {}

  /** One number everywhere. */
  public record Fill(float value, Shape shape) implements Op {
    @Override
    public String name() {
      return "fill";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(shape);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      Arrays.fill(out[0], value);
    }

    @Override
    public seqmark.compute.Cost cost(Node n) {
      return seqmark.compute.Cost.of(n, 0);
    }
  }

  /** {@code 0, 1, ..., n - 1}. */
  public record Range(int n) implements Op {
    @Override
    public String name() {
      return "range";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(Shape.of(n));
    }

    @Override
    public void reference(Node node, double[][] in, double[][] out) {
      Arrays.setAll(out[0], i -> i);
    }

    @Override
    public seqmark.compute.Cost cost(Node node) {
      return seqmark.compute.Cost.of(node, 0);
    }
  }

  /**
   * Dropout's factors: 0 with probability {@code rate}, else {@code 1 / (1 - rate)} (Srivastava et
   * al. 2014, inverted). The operand is the step's random key [2].
   *
   * @param salt tells the masks of a graph apart
   */
  public record DropoutMask(float rate, int salt, Shape shape) implements Op {
    /** A record needs no check of its own but this: a rate of 1 would drop everything. */
    public DropoutMask {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException("dropout: rate must be in [0, 1), found " + rate);
      }
    }

    @Override
    public String name() {
      return "dropout-mask";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      if (in.get(0).size() != 2) {
        throw new ShapeException("dropout-mask: the random key has shape [2], found " + in.get(0));
      }
      return List.of(shape);
    }

    /** The random numbers of this mask under a key. */
    public CounterRandom random(double key0, double key1) {
      return CounterRandom.seeded(((long) key0 << 24) | (long) key1).fork(salt);
    }

    /** Element {@code i} of the mask. */
    public float factor(CounterRandom random, int i) {
      return random.uniform(i) < rate ? 0 : 1 / (1 - rate);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      CounterRandom random = random(in[0][0], in[0][1]);
      for (int i = 0; i < out[0].length; i++) {
        out[0][i] = factor(random, i);
      }
    }
  }
}
