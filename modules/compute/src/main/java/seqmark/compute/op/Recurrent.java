package seqmark.compute.op;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Cost;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;
import seqmark.compute.Value;

/**
 * Fused recurrent cells, behind the matrix products. Where a mask {@code [B]} is given, rows with 0
 * keep their old state, so that padding changes nothing.
 */
public final class Recurrent {
  private Recurrent() {}

  /**
   * LSTM (Hochreiter and Schmidhuber 1997; with forget gate, Gers et al. 2000). Operands: gates
   * {@code [B, 4H]} before activation in the order input, forget, cell, output; c {@code [B, H]};
   * and, with a mask, h {@code [B, H]} and mask {@code [B]}. Results: h, c, and the activated gates
   * for the gradient.
   */
  public record LstmCell() implements Op {
    @Override
    public String name() {
      return "lstm-cell";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape c = in.get(1);
      gates(name(), in.get(0), c, 4);
      if (in.size() == 4) {
        masked(name(), c, in.get(2), in.get(3));
      }
      return List.of(c, c, in.get(0));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      List<Value> in = new ArrayList<>();
      in.add(g.gradient(n.out(0)));
      in.add(g.gradient(n.out(1)));
      in.add(g.of(n.out(2)));
      in.add(g.of(n.in(1)));
      in.add(g.of(n.out(1)));
      if (n.in().size() == 4) {
        in.add(g.of(n.in(3)));
      }
      List<Value> d = Ops.applyAll(new LstmCellGradient(), in.toArray(Value[]::new));
      g.add(n.in(0), d.get(0));
      g.add(n.in(1), d.get(1));
      if (n.in().size() == 4) {
        g.add(n.in(2), d.get(2));
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int hidden = n.in(1).shape().dim(1);
      for (int i = 0; i < out[0].length; i++) {
        int row = i / hidden;
        int at = row * 4 * hidden + i % hidden;
        double input = sigmoid(in[0][at]);
        double forget = sigmoid(in[0][at + hidden]);
        double cell = Math.tanh(in[0][at + 2 * hidden]);
        double output = sigmoid(in[0][at + 3 * hidden]);
        out[2][at] = input;
        out[2][at + hidden] = forget;
        out[2][at + 2 * hidden] = cell;
        out[2][at + 3 * hidden] = output;
        double c = forget * in[1][i] + input * cell;
        boolean keep = in.length == 4 && in[3][row] == 0;
        out[0][i] = keep ? in[2][i] : output * Math.tanh(c);
        out[1][i] = keep ? in[1][i] : c;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, (5L * Cost.FUNCTION + 4) * n.out(0).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /**
   * The gradient of {@link LstmCell}. Operands: dh, dc, activated gates, old c, new c, and the mask
   * if there is one. Results: d gates, d old c and, with a mask, d old h.
   */
  public record LstmCellGradient() implements Op {
    @Override
    public String name() {
      return "lstm-cell-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape c = in.get(3);
      return in.size() == 6 ? List.of(in.get(2), c, c) : List.of(in.get(2), c);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int hidden = n.in(3).shape().dim(1);
      for (int i = 0; i < out[1].length; i++) {
        int row = i / hidden;
        int at = row * 4 * hidden + i % hidden;
        boolean keep = in.length == 6 && in[5][row] == 0;
        double input = in[2][at];
        double forget = in[2][at + hidden];
        double cell = in[2][at + 2 * hidden];
        double output = in[2][at + 3 * hidden];
        double squashed = Math.tanh(in[4][i]);
        double dh = keep ? 0 : in[0][i];
        double dc = keep ? 0 : in[1][i] + dh * output * (1 - squashed * squashed);
        out[0][at] = dc * cell * input * (1 - input);
        out[0][at + hidden] = dc * in[3][i] * forget * (1 - forget);
        out[0][at + 2 * hidden] = dc * input * (1 - cell * cell);
        out[0][at + 3 * hidden] = dh * squashed * output * (1 - output);
        out[1][i] = keep ? in[1][i] : dc * forget;
        if (in.length == 6) {
          out[2][i] = keep ? in[0][i] : 0;
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, (Cost.FUNCTION + 20L) * n.out(1).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /**
   * GRU (Cho et al. 2014, in the form whose reset gate acts after the matrix product). Operands:
   * projected input {@code [B, 3H]} and projected state {@code [B, 3H]} in the order reset, update,
   * new; h {@code [B, H]}; a mask {@code [B]} if there is one. Results: h and the activated gates.
   */
  public record GruCell() implements Op {
    @Override
    public String name() {
      return "gru-cell";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape h = in.get(2);
      gates(name(), in.get(0), h, 3);
      gates(name(), in.get(1), h, 3);
      if (in.size() == 4) {
        masked(name(), h, h, in.get(3));
      }
      return List.of(h, in.get(0));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      List<Value> in = new ArrayList<>();
      in.add(g.gradient(n.out(0)));
      in.add(g.of(n.out(1)));
      in.add(g.of(n.in(1)));
      in.add(g.of(n.in(2)));
      if (n.in().size() == 4) {
        in.add(g.of(n.in(3)));
      }
      List<Value> d = Ops.applyAll(new GruCellGradient(), in.toArray(Value[]::new));
      for (int i = 0; i < 3; i++) {
        g.add(n.in(i), d.get(i));
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int hidden = n.in(2).shape().dim(1);
      for (int i = 0; i < out[0].length; i++) {
        int row = i / hidden;
        int at = row * 3 * hidden + i % hidden;
        double reset = sigmoid(in[0][at] + in[1][at]);
        double update = sigmoid(in[0][at + hidden] + in[1][at + hidden]);
        double fresh = Math.tanh(in[0][at + 2 * hidden] + reset * in[1][at + 2 * hidden]);
        out[1][at] = reset;
        out[1][at + hidden] = update;
        out[1][at + 2 * hidden] = fresh;
        boolean keep = in.length == 4 && in[3][row] == 0;
        out[0][i] = keep ? in[2][i] : (1 - update) * fresh + update * in[2][i];
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, (3L * Cost.FUNCTION + 9) * n.out(0).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /**
   * The gradient of {@link GruCell}. Operands: dh, activated gates, projected state, old h, and the
   * mask if there is one. Results: d projected input, d projected state, d old h.
   */
  public record GruCellGradient() implements Op {
    @Override
    public String name() {
      return "gru-cell-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(in.get(1), in.get(1), in.get(3));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int hidden = n.in(3).shape().dim(1);
      for (int i = 0; i < out[2].length; i++) {
        int row = i / hidden;
        int at = row * 3 * hidden + i % hidden;
        boolean keep = in.length == 5 && in[4][row] == 0;
        double reset = in[1][at];
        double update = in[1][at + hidden];
        double fresh = in[1][at + 2 * hidden];
        double dh = keep ? 0 : in[0][i];
        double dFresh = dh * (1 - update) * (1 - fresh * fresh);
        double dUpdate = dh * (in[3][i] - fresh) * update * (1 - update);
        double dReset = dFresh * in[2][at + 2 * hidden] * reset * (1 - reset);
        out[0][at] = dReset;
        out[0][at + hidden] = dUpdate;
        out[0][at + 2 * hidden] = dFresh;
        out[1][at] = dReset;
        out[1][at + hidden] = dUpdate;
        out[1][at + 2 * hidden] = dFresh * reset;
        out[2][i] = keep ? in[0][i] : dh * update;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 18L * n.out(2).shape().size());
    }

    /** That of the projected input over the gates, that of the projected state over it. */
    @Override
    public int inPlace(int out) {
      return out < 2 ? out + 1 : -1;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static void gates(String op, Shape gates, Shape state, int count) {
    boolean fits =
        state.rank() == 2
            && gates.rank() == 2
            && gates.dim(0) == state.dim(0)
            && gates.dim(1) == count * state.dim(1);
    if (!fits) {
      throw new ShapeException(
          op + ": gates " + gates + " are not " + count + " times the state " + state);
    }
  }

  private static void masked(String op, Shape state, Shape old, Shape mask) {
    if (!old.equals(state) || mask.rank() != 1 || mask.dim(0) != state.dim(0)) {
      throw new ShapeException(
          op
              + ": state "
              + state
              + " needs an old state of its shape and a mask ["
              + state.dim(0)
              + "], found "
              + old
              + " and "
              + mask);
    }
  }
}
