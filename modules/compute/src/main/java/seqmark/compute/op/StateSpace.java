package seqmark.compute.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import seqmark.compute.Cost;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;
import seqmark.compute.Value;

/** Linear state spaces with a diagonal transition, one of {@code N} states for every channel. */
public final class StateSpace {
  /** The state is kept for the gradient once in so many steps; those between are made again. */
  public static final int CHUNK = 24;

  private StateSpace() {}

  /** How a continuous input matrix becomes one for steps of size delta. */
  public enum Discretisation {
    /** {@code delta * B}, the first-order approximation that the authors' own program computes. */
    EULER,
    /** Zero-order hold, {@code (exp(delta A) - 1) / A * B} (Gu and Dao 2023, equation 4). */
    ZOH;

    /** What {@code delta * B} is multiplied with, of {@code z = delta * A}. */
    double gain(double z) {
      return this == EULER || z == 0 ? 1 : Math.expm1(z) / z;
    }

    /** The derivative of {@link #gain}; by its series where the quotient would cancel. */
    double gainSlope(double z) {
      if (this == EULER) {
        return 0;
      }
      if (Math.abs(z) > 0.5) {
        return (Math.exp(z) - gain(z)) / z;
      }
      double term = 1;
      double sum = 0;
      for (int k = 1; k < 18; k++) {
        term /= k + 1;
        sum += k * term;
        term *= z;
      }
      return sum;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The selective scan (Gu and Dao 2023, algorithm 2 and section 3.3): {@code h[t] = exp(delta A)
   * h[t-1] + delta gain(delta A) B u}, {@code y[t] = C h[t] + skip u}, for each channel alone.
   *
   * <p>Operands: u and delta {@code [B, T, D]}; A {@code [N, D]}; B and C, either selective {@code
   * [B, T, N]} or the same at all times {@code [N, D]}; skip {@code [D]}; the state before the
   * first step {@code [B, N, D]}. Results: y {@code [B, T, D]}, the state after the last step
   * {@code [B, N, D]} and, for the gradient, the state before each chunk of {@value #CHUNK} steps
   * {@code [B, T / 24, N, D]}.
   *
   * <p>States decay: delta is positive and A negative, and not below -2^18. A delta A of 88 or
   * more, whose exponential is no float, is not looked for: y and the states mean nothing from
   * there on, and need not be infinite or NaN. A step longer than 2^30 may count as 2^30.
   */
  public record SelectiveScan(Discretisation discretisation) implements Op {
    @Override
    public String name() {
      return "selective-scan";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape u = in.get(0);
      Shape a = in.get(2);
      require(u.rank() == 3, "u", u, "[B, T, D]");
      require(in.get(1).equals(u), "delta", in.get(1), u);
      require(a.rank() == 2 && a.dim(1) == u.dim(2), "A", a, "[N, " + u.dim(2) + "]");
      Shape selective = Shape.of(u.dim(0), u.dim(1), a.dim(0));
      boolean known = in.get(3).equals(selective) || in.get(3).equals(a);
      require(known, "B", in.get(3), selective + " or " + a);
      require(in.get(4).equals(in.get(3)), "C", in.get(4), in.get(3));
      require(in.get(5).equals(Shape.of(u.dim(2))), "skip", in.get(5), "[" + u.dim(2) + "]");
      Shape state = Shape.of(u.dim(0), a.dim(0), u.dim(2));
      require(in.get(6).equals(state), "state", in.get(6), state);
      return List.of(u, state, Shape.of(u.dim(0), chunks(u.dim(1)), a.dim(0), u.dim(2)));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      List<Value> in = new ArrayList<>();
      in.add(g.gradient(n.out(0)));
      in.add(g.gradient(n.out(1)));
      n.in().subList(0, 6).forEach(v -> in.add(g.of(v)));
      in.add(g.of(n.out(2)));
      Op op = new SelectiveScanGradient(discretisation);
      List<Value> d = Ops.applyAll(op, in.toArray(Value[]::new));
      for (int i = 0; i < 7; i++) {
        Shape shape = n.in(i).shape();
        if (d.get(i).shape().equals(shape)) {
          g.add(n.in(i), d.get(i));
        } else {
          g.addSummed(n.in(i), new Reduce.SumTo(shape), d.get(i));
        }
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      Indices at = new Indices(n.in(0).shape(), n.in(3).shape(), n.in(2).shape().dim(0));
      System.arraycopy(in[6], 0, out[1], 0, in[6].length);
      for (int i = 0; i < out[0].length; i++) {
        out[0][i] = in[5][i % at.width()] * in[0][i];
        for (int s = 0; s < at.states(); s++) {
          int h = at.state(i, s);
          if (at.time(i) % CHUNK == 0) {
            out[2][at.checkpoint(i, s)] = out[1][h];
          }
          out[1][h] = step(discretisation, at, in, 0, i, s, out[1][h]);
          out[0][i] += in[4][at.coefficient(i, s)] * out[1][h];
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      long steps = (long) n.out(0).shape().size() * n.in(2).shape().dim(0);
      return Cost.of(n, steps * (Cost.FUNCTION + (discretisation == Discretisation.ZOH ? 16 : 6)));
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.in(in).shape().rank() == 3;
    }
  }

  /**
   * The gradient of {@link SelectiveScan}. Operands: d y, d last state, then the scan's u, delta,
   * A, B, C, skip and kept states. Results: the gradients of the scan's operands, of those without
   * a batch axis one per batch row.
   */
  public record SelectiveScanGradient(Discretisation discretisation) implements Op {
    @Override
    public String name() {
      return "selective-scan-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape u = in.get(2);
      int rows = u.dim(0);
      Shape coefficients = in.get(5).rank() == 2 ? in.get(5).prepend(rows) : in.get(5);
      Shape state = in.get(1);
      return List.of(u, u, state, coefficients, coefficients, in.get(7).prepend(rows), state);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      Indices at = new Indices(n.in(2).shape(), n.in(5).shape(), n.in(4).shape().dim(0));
      for (double[] d : out) {
        Arrays.fill(d, 0);
      }
      System.arraycopy(in[1], 0, out[6], 0, out[6].length);
      double[][] before = new double[at.states()][out[0].length];
      for (int s = 0; s < at.states(); s++) {
        for (int i = 0; i < out[0].length; i++) {
          boolean kept = at.time(i) % CHUNK == 0;
          before[s][i] =
              kept
                  ? in[8][at.checkpoint(i, s)]
                  : step(discretisation, at, in, 2, i - at.width(), s, before[s][i - at.width()]);
        }
      }
      for (int i = out[0].length - 1; i >= 0; i--) {
        out[0][i] = in[0][i] * in[7][i % at.width()];
        out[5][at.row(i) * at.width() + i % at.width()] += in[0][i] * in[2][i];
        for (int s = 0; s < at.states(); s++) {
          back(at, in, out, i, s, before[s][i]);
        }
      }
    }

    private void back(Indices at, double[][] in, double[][] out, int i, int s, double before) {
      double u = in[2][i];
      double delta = in[3][i];
      double a = in[4][s * at.width() + i % at.width()];
      double b = in[5][at.coefficient(i, s)];
      int h = at.state(i, s);
      int summed = at.perChannel() ? h : at.coefficient(i, s);
      double gain = discretisation.gain(delta * a);
      out[4][summed] += in[0][i] * step(discretisation, at, in, 2, i, s, before);
      double d = out[6][h] + in[0][i] * in[6][at.coefficient(i, s)];
      out[3][summed] += d * delta * gain * u;
      out[0][i] += d * delta * gain * b;
      double decay = Math.exp(delta * a);
      double dz = d * (before * decay + delta * b * u * discretisation.gainSlope(delta * a));
      out[1][i] += dz * a + d * gain * b * u;
      out[2][h] += dz * delta;
      out[6][h] = d * decay;
    }

    @Override
    public Cost cost(Node n) {
      long steps = (long) n.out(0).shape().size() * n.in(4).shape().dim(0);
      return Cost.of(n, steps * (Cost.FUNCTION + (discretisation == Discretisation.ZOH ? 50 : 20)));
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.in(in).shape().rank() > 2;
    }
  }

  /** Where things lie: i is an element of u, s a state. */
  private record Indices(int length, int width, int states, boolean perChannel) {
    Indices(Shape u, Shape coefficients, int states) {
      this(u.dim(1), u.dim(2), states, coefficients.rank() == 2);
    }

    int row(int i) {
      return i / (length * width);
    }

    int time(int i) {
      return i / width % length;
    }

    /** In a state {@code [B, N, D]}. */
    int state(int i, int s) {
      return (row(i) * states + s) * width + i % width;
    }

    int checkpoint(int i, int s) {
      int chunk = row(i) * chunks(length) + time(i) / CHUNK;
      return (chunk * states + s) * width + i % width;
    }

    /** In B or C. */
    int coefficient(int i, int s) {
      return perChannel ? s * width + i % width : i / width * states + s;
    }
  }

  /** The state after the step of element i; u is operand {@code first}. */
  private static double step(
      Discretisation d, Indices at, double[][] in, int first, int i, int s, double before) {
    double delta = in[first + 1][i];
    double z = delta * in[first + 2][s * at.width() + i % at.width()];
    double b = in[first + 3][at.coefficient(i, s)];
    return Math.exp(z) * before + delta * d.gain(z) * b * in[first][i];
  }

  private static int chunks(int length) {
    return (length + CHUNK - 1) / CHUNK;
  }

  private static void require(boolean fits, String what, Shape found, Object expected) {
    if (!fits) {
      throw new ShapeException(
          "selective-scan: " + what + ": expected " + expected + ", found " + found);
    }
  }
}
