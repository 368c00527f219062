package seqmark.compute.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seqmark.compute.Cost;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;
import seqmark.compute.Value;

/** Attention of many queries at once, by several heads side by side. */
public final class MultiHead {
  private MultiHead() {}

  /**
   * {@code softmax(scale * q · kᵀ) · v} for every head (Vaswani et al. 2017, section 3.2). Head h
   * has the h-th part of the last axis of q, k, v and of the result.
   *
   * <p>Operands: queries {@code [B, T, D]}, keys {@code [B, S, D]}, values {@code [B, S, Dv]}, the
   * keys' mask {@code [B, S]} and, with ALiBi, the positions of queries {@code [B, T]} and of keys
   * {@code [B, S]}. Results: {@code [B, T, Dv]} and, for the gradient, the log of each softmax's
   * sum {@code [B, heads, T]}. A query that sees no key gets zeros. The scores {@code [B, heads, T,
   * S]} are never kept.
   *
   * @param heads how many; they divide D and Dv
   * @param scale of the dot products, usually {@code 1 / sqrt(D / heads)}
   * @param causal whether query i sees only the keys {@code j <= i + S - T}: the last query sees
   *     the last key
   * @param alibi whether scores fall linearly with distance (Press, Smith and Lewis 2022): head h
   *     of 1 to n takes {@code 2^(-8h/n)} off for every position between query and key
   */
  public record Attend(int heads, float scale, boolean causal, boolean alibi) implements Op {
    /** Checks that there is a head. */
    public Attend {
      if (heads < 1) {
        throw new IllegalArgumentException("heads: must be at least 1, found " + heads);
      }
    }

    @Override
    public String name() {
      return "multi-head";
    }

    /** How much a score falls with every position between query and key; head counted from 0. */
    public double slope(int head) {
      return alibi ? StrictMath.pow(2, -8.0 * (head + 1) / heads) : 0;
    }

    /** How many keys, of {@code keys}, query i of {@code queries} sees if none is masked. */
    public int visible(int i, int queries, int keys) {
      return causal ? Math.clamp(i + 1 + keys - queries, 0, keys) : keys;
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape q = in.get(0);
      Shape k = in.get(1);
      Shape v = in.get(2);
      require(q.rank() == 3 && k.rank() == 3, "keys", k, q);
      require(k.equals(Shape.of(q.dim(0), k.dim(1), q.dim(2))), "keys", k, q);
      require(v.rank() == 3 && v.axes(0, 2).equals(k.axes(0, 2)), "values", v, k);
      require(in.get(3).equals(k.axes(0, 2)), "mask", in.get(3), k);
      if (alibi) {
        require(in.get(4).equals(q.axes(0, 2)), "positions", in.get(4), q);
        require(in.get(5).equals(k.axes(0, 2)), "positions", in.get(5), k);
      }
      if (q.dim(2) % heads != 0 || v.dim(2) % heads != 0) {
        throw new ShapeException(
            "%s: %d heads do not divide the widths of queries %s and values %s"
                .formatted(name(), heads, q, v));
      }
      return List.of(q.with(2, v.dim(2)), Shape.of(q.dim(0), heads, q.dim(1)));
    }

    private void require(boolean fits, String what, Shape found, Shape other) {
      if (!fits) {
        throw new ShapeException(name() + ": " + what + " " + found + " do not fit " + other);
      }
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      List<Value> in = new ArrayList<>(List.of(g.gradient(n.out(0)), g.of(n.out(1))));
      n.in().forEach(v -> in.add(g.of(v)));
      List<Value> d = Ops.applyAll(new AttendGradient(this), in.toArray(Value[]::new));
      for (int i = 0; i < d.size(); i++) {
        g.add(n.in(i), d.get(i));
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      Extents e = Extents.of(heads, n.in(0).shape(), n.in(2).shape());
      Arrays.fill(out[0], 0);
      for (int row = 0; row < e.batch * heads * e.queries; row++) {
        double[] scores = scores(e, row, in);
        double max = Arrays.stream(scores).max().orElseThrow();
        double sum = Arrays.stream(scores).map(s -> Math.exp(s - max)).sum();
        boolean blind = max == Double.NEGATIVE_INFINITY;
        out[1][row] = blind ? 0 : max + Math.log(sum);
        for (int j = 0; j < e.keys && !blind; j++) {
          double weight = Math.exp(scores[j] - out[1][row]);
          for (int c = 0; c < e.valueWidth; c++) {
            out[0][e.result(row) + c] += weight * in[2][e.value(row, j) + c];
          }
        }
      }
    }

    /** One row of scores; minus infinity for keys that are not seen. */
    private double[] scores(Extents e, int row, double[][] in) {
      double[] scores = new double[e.keys];
      Arrays.fill(scores, Double.NEGATIVE_INFINITY);
      int query = row % e.queries;
      int b = row / e.queries / heads;
      for (int j = 0; j < visible(query, e.queries, e.keys); j++) {
        if (in[3][b * e.keys + j] != 0) {
          double dot = 0;
          for (int c = 0; c < e.keyWidth; c++) {
            dot += in[0][e.query(row) + c] * in[1][e.key(row, j) + c];
          }
          scores[j] = scale * dot;
          if (alibi) {
            double apart = Math.abs(in[4][b * e.queries + query] - in[5][b * e.keys + j]);
            scores[j] -= slope(row / e.queries % heads) * apart;
          }
        }
      }
      return scores;
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, flops(n.in(0).shape(), n.in(2).shape(), 1, 1));
    }

    /** Of products of that many widths D and Dv for every query and key that it sees. */
    private long flops(Shape q, Shape v, int keyWidths, int valueWidths) {
      long pairs = 0;
      for (int i = 0; i < q.dim(1); i++) {
        pairs += visible(i, q.dim(1), v.dim(1));
      }
      long products = 2L * keyWidths * q.dim(2) + 2L * valueWidths * v.dim(2);
      return q.dim(0) * pairs * (products + heads * (Cost.FUNCTION + 4L));
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /**
   * The gradient of {@link Attend}, whose weights are computed again: {@code exp(score - log)}.
   * Operands: d {@code [B, T, Dv]}, the log of the sums {@code [B, heads, T]}, then those of {@link
   * Attend}. Results: the gradients of queries, keys and values.
   *
   * <p>In float32 a weight is off by the rounding of its score and of the log, some {@code 6e-8}
   * times their size: nothing for scores that models have, all of it for scores of 1e7.
   *
   * @param forward the op whose gradient it is
   */
  public record AttendGradient(Attend forward) implements Op {
    @Override
    public String name() {
      return "multi-head-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      List<Shape> results = forward.infer(in.subList(2, in.size()));
      Elementwise.same(name(), in.get(0), results.get(0));
      Elementwise.same(name(), in.get(1), results.get(1));
      return in.subList(2, 5);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      Extents e = Extents.of(forward.heads, n.in(2).shape(), n.in(4).shape());
      double[][] operands = Arrays.copyOfRange(in, 2, in.length);
      for (double[] result : out) {
        Arrays.fill(result, 0);
      }
      for (int row = 0; row < e.batch * forward.heads * e.queries; row++) {
        double[] weights = forward.scores(e, row, operands);
        double[] through = new double[e.keys];
        double mean = 0;
        for (int j = 0; j < e.keys; j++) {
          weights[j] = Math.exp(weights[j] - in[1][row]);
          for (int c = 0; c < e.valueWidth; c++) {
            double d = in[0][e.result(row) + c];
            through[j] += d * operands[2][e.value(row, j) + c];
            out[2][e.value(row, j) + c] += weights[j] * d;
          }
          mean += weights[j] * through[j];
        }
        for (int j = 0; j < e.keys; j++) {
          double d = forward.scale * weights[j] * (through[j] - mean);
          for (int c = 0; c < e.keyWidth; c++) {
            out[0][e.query(row) + c] += d * operands[1][e.key(row, j) + c];
            out[1][e.key(row, j) + c] += d * operands[0][e.query(row) + c];
          }
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, forward.flops(n.in(2).shape(), n.in(4).shape(), 3, 2));
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /**
   * Where the heads' parts lie; a row is one query of one head, {@code (b * heads + h) * T + i}.
   */
  private record Extents(
      int batch, int heads, int queries, int keys, int keyWidth, int valueWidth) {
    static Extents of(int heads, Shape q, Shape v) {
      return new Extents(q.dim(0), heads, q.dim(1), v.dim(1), q.dim(2) / heads, v.dim(2) / heads);
    }

    private int at(int row, int position, int positions, int width) {
      int b = row / queries / heads;
      int head = row / queries % heads;
      return ((b * positions + position) * heads + head) * width;
    }

    int query(int row) {
      return at(row, row % queries, queries, keyWidth);
    }

    int result(int row) {
      return at(row, row % queries, queries, valueWidth);
    }

    int key(int row, int j) {
      return at(row, j, keys, keyWidth);
    }

    int value(int row, int j) {
      return at(row, j, keys, valueWidth);
    }
  }
}
