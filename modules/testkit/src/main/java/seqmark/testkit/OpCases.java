package seqmark.testkit;

import static seqmark.testkit.OpCase.gate;
import static seqmark.testkit.OpCase.given;
import static seqmark.testkit.OpCase.ids;
import static seqmark.testkit.OpCase.mask;
import static seqmark.testkit.OpCase.normal;
import static seqmark.testkit.OpCase.of;
import static seqmark.testkit.OpCase.positive;
import static seqmark.testkit.OpCase.scalar;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Shape;
import seqmark.compute.op.Attention;
import seqmark.compute.op.Constants;
import seqmark.compute.op.Elementwise;
import seqmark.compute.op.Elementwise.Arithmetic;
import seqmark.compute.op.Embedding;
import seqmark.compute.op.Function;
import seqmark.compute.op.Gate;
import seqmark.compute.op.Loss;
import seqmark.compute.op.MatMul;
import seqmark.compute.op.Normalize;
import seqmark.compute.op.Padding;
import seqmark.compute.op.Recurrent;
import seqmark.compute.op.Reduce;
import seqmark.compute.op.Segments;
import seqmark.compute.op.Shapes;
import seqmark.compute.op.Update;

/** Every built-in op, with one of its extents running through odd sizes. */
final class OpCases {
  private static final int[] SIZES = {1, 3, 7, 63, 1000};

  /** The functions that negative numbers have. */
  private static final List<Function> SIGNED =
      List.of(
          Function.TANH,
          Function.SIGMOID,
          Function.RELU,
          Function.EXP,
          Function.GELU,
          Function.SILU,
          Function.SOFTPLUS);

  private final List<OpCase> cases = new ArrayList<>();

  private OpCases() {}

  static List<OpCase> all() {
    OpCases all = new OpCases();
    for (int n : SIZES) {
      all.elementwise(n);
      all.products(n);
      all.batchedProducts(n);
      all.reductions(n);
      all.shapes(n);
      all.embeddings(n);
      all.attention(n);
      all.softmax(n);
      all.cases.addAll(TransformerCases.all(n));
      all.losses(n);
      all.lstm(n);
      all.gru(n);
      all.gates(n);
      all.swiglu(n);
      StateSpaceCases.add(n, all.cases);
      UnfoldingCases.add(n, all.cases);
      all.updates(n);
    }
    return all.cases;
  }

  private void elementwise(int n) {
    for (Arithmetic a : Arithmetic.values()) {
      var op = new Elementwise.Binary(a);
      cases.add(of(op, normal(n), positive(n)));
      cases.add(of(op, normal(3, n), positive(n)));
      cases.add(of(op, normal(n), positive(3, n)));
      cases.add(of(op, normal(n, 5), positive(n, 1)));
      cases.add(of(op, normal(2, n), scalar(1.5)));
      cases.add(of(op, scalar(1.5), positive(2, n)));
      cases.add(of(op, normal(2, n, 3), positive(2, 1, 3)));
      cases.add(of(op, normal(2, 1, n), positive(1, 3, n)));
    }
    for (Function f : Function.values()) {
      cases.add(of(new Elementwise.Unary(f), positive(n)));
      cases.add(of(new Elementwise.UnaryGradient(f), positive(n, 2), normal(n, 2)));
    }
    for (Function f : SIGNED) {
      cases.add(of(new Elementwise.Unary(f), normal(2, n)));
      cases.add(of(new Elementwise.UnaryGradient(f), normal(2, n), normal(2, n)));
    }
    cases.add(of(new Elementwise.Affine(-1.5f, 0.25f), normal(n, 2)));
  }

  private void products(int n) {
    for (boolean transposed : new boolean[] {false, true}) {
      var op = new MatMul.Dense(transposed);
      for (int[] e : new int[][] {{n, 7, 5}, {3, n, 17}, {2, 5, n}, {13, 33, 40}}) {
        var w = transposed ? normal(e[2], e[1]) : normal(e[1], e[2]);
        cases.add(of(op, normal(e[0], e[1]), w));
        cases.add(of(op, normal(e[0], e[1]), w, normal(e[2])));
        cases.add(of(op, normal(e[0], 3, e[1]), w, normal(e[0], 3, e[2])));
      }
    }
    cases.add(of(new MatMul.WeightGradient(), normal(n, 7), normal(n, 18)));
    cases.add(of(new MatMul.WeightGradient(), normal(5, 3, n), normal(5, 3, 9)));
    cases.add(of(new MatMul.WeightGradient(), normal(3, 20), normal(3, n)));
  }

  private void batchedProducts(int n) {
    for (int i = 0; i < 4; i++) {
      boolean ta = i % 2 == 1;
      boolean tb = i / 2 == 1;
      for (int[] e : new int[][] {{n, 7, 5}, {3, n, 17}, {20, 5, n}}) {
        var a = ta ? normal(2, e[1], e[0]) : normal(2, e[0], e[1]);
        var b = tb ? normal(2, e[2], e[1]) : normal(2, e[1], e[2]);
        cases.add(of(new MatMul.Batched(ta, tb), a, b));
      }
      cases.add(of(new MatMul.Batched(ta, tb), normal(3, 2, 4, 4), normal(3, 2, 4, 4)));
    }
  }

  private void reductions(int n) {
    cases.add(of(new Reduce.SumTo(Shape.SCALAR), normal(n, 3)));
    cases.add(of(new Reduce.SumTo(Shape.of(n)), normal(5, 3, n)));
    cases.add(of(new Reduce.SumTo(Shape.of(7)), normal(n, 7)));
    cases.add(of(new Reduce.SumTo(Shape.of(n, 1)), normal(n, 9)));
    cases.add(of(new Reduce.SumTo(Shape.of(2, 1, 5)), normal(2, n, 5)));
    cases.add(of(new Reduce.SumTo(Shape.of(1, 3, 1)), normal(n, 3, 5)));
    cases.add(of(new Reduce.Broadcast(Shape.of(3, n)), scalar(2)));
    cases.add(of(new Reduce.Broadcast(Shape.of(3, n)), normal(n)));
    cases.add(of(new Reduce.Broadcast(Shape.of(n, 4)), normal(n, 1)));
    cases.add(of(new Reduce.Broadcast(Shape.of(2, n, 5)), normal(2, 1, 5)));
  }

  private void shapes(int n) {
    cases.add(of(new Shapes.Copy(), normal(n)));
    cases.add(of(new Shapes.Reshape(Shape.of(n, 3)), normal(n, 3, 1)));
    cases.add(of(new Shapes.Transpose(List.of(1, 0)), normal(n, 5)));
    cases.add(of(new Shapes.Transpose(List.of(1, 0, 2)), normal(4, n, 3)));
    cases.add(of(new Shapes.Transpose(List.of(0, 2, 1)), normal(4, 3, n)));
    cases.add(of(new Shapes.Slice(0, n / 2, n), normal(n, 3)));
    cases.add(of(new Shapes.Slice(1, 0, (n + 1) / 2), normal(3, n)));
    cases.add(of(new Shapes.Slice(1, 1, 3), normal(2, 4, n)));
    cases.add(of(new Shapes.Unslice(1, 2, n + 5), normal(3, n)));
    cases.add(of(new Shapes.Unslice(0, 1, n + 1), normal(n, 2)));
    cases.add(of(new Shapes.Concat(1), normal(3, n), normal(3, 2), normal(3, n)));
    cases.add(of(new Shapes.Concat(0), normal(n, 2), normal(3, 2)));
    double[] valid = new double[2 * n];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = i < (n + 1) / 2 ? 1 : 0;
    }
    var mask = new OpCase.Operand(Shape.of(2, n), (random, i) -> valid[i % (2 * n)]);
    cases.add(of(new Padding.Reverse(), normal(2, n), mask));
    cases.add(of(new Padding.Reverse(), normal(2, n, 3), mask));
    for (boolean back : new boolean[] {false, true}) {
      cases.add(of(new Padding.Rotate(back), normal(2, n), mask));
      cases.add(of(new Padding.Rotate(back), normal(2, n, 3), mask));
    }
    for (int vocabulary : new int[] {3, 40}) {
      cases.add(of(new Segments.Sentences(1), ids(vocabulary, 2, n), mask));
    }
    cases.add(of(new Constants.DropoutMask(0.3f, 2, Shape.of(3, n)), given(17, 4)));
  }

  private void embeddings(int n) {
    cases.add(of(new Embedding.Lookup(), normal(5, n), ids(5, 3, 4)));
    cases.add(of(new Embedding.Lookup(), normal(n, 9), ids(n, 3, 4)));
    cases.add(of(new Embedding.LookupGradient(5), ids(5, 6), normal(6, n)));
    cases.add(of(new Embedding.LookupGradient(n), ids(n, 2, 4), normal(2, 4, 3)));
  }

  private void attention(int n) {
    for (int[] e : new int[][] {{n, 3, 5}, {3, n, 9}, {5, 4, n}}) {
      int b = e[0];
      int s = e[1];
      int d = e[2];
      var additive = new Attention.AdditiveGradient();
      cases.add(of(new Attention.Dot(), normal(b, d), normal(b, s, d)));
      cases.add(of(new Attention.Mix(), normal(b, s), normal(b, s, d)));
      cases.add(of(new Attention.AddOuter(), normal(b, s), normal(b, d), normal(b, s, d)));
      cases.add(of(new MatMul.BatchedWeightGradient(), normal(b, s), normal(b, d)));
      cases.add(of(new MatMul.BatchedWeightGradient(), normal(5, b, s), normal(5, b, d)));
      cases.add(of(new Attention.Additive(), normal(b, d), normal(b, s, d), normal(d)));
      cases.add(
          of(additive, normal(b, s), normal(b, d), normal(b, s, d), normal(d), normal(b, s, d)));
    }
    cases.add(of(new Attention.Window(2), positive(5, 1), mask(5, n)));
  }

  private void softmax(int n) {
    cases.add(of(new Normalize.Softmax(), normal(3, n)));
    cases.add(of(new Normalize.Softmax(), normal(n, 5)));
    cases.add(of(new Normalize.Softmax(), normal(n, 5), mask(n, 5)));
    cases.add(of(new Normalize.Softmax(), normal(4, n), mask(4, n)));
    cases.add(of(new Normalize.SoftmaxGradient(), gate(3, n), normal(3, n)));
  }

  private void losses(int n) {
    for (float smoothing : new float[] {0, 0.1f}) {
      var loss = new Loss.CrossEntropy(smoothing);
      var gradient = new Loss.CrossEntropyGradient(smoothing);
      cases.add(of(loss, normal(n, 7), ids(7, n), mask(n)));
      cases.add(of(loss, normal(2, 3, n), ids(n, 2, 3), positive(2, 3)));
      cases.add(of(gradient, normal(n, 7), ids(7, n), mask(n), positive(n), normal(n)));
      cases.add(of(gradient, normal(3, n), ids(n, 3), positive(3), positive(3), normal(3)));
    }
  }

  private void lstm(int n) {
    for (int[] e : new int[][] {{n, 5}, {4, n}}) {
      int b = e[0];
      int h = e[1];
      var cell = new Recurrent.LstmCell();
      var gradient = new Recurrent.LstmCellGradient();
      cases.add(of(cell, normal(b, 4 * h), normal(b, h)));
      cases.add(of(cell, normal(b, 4 * h), normal(b, h), normal(b, h), mask(b)));
      var gates = gate(b, 4 * h);
      cases.add(of(gradient, normal(b, h), normal(b, h), gates, normal(b, h), normal(b, h)));
      cases.add(
          of(gradient, normal(b, h), normal(b, h), gates, normal(b, h), normal(b, h), mask(b)));
    }
  }

  private void gru(int n) {
    for (int[] e : new int[][] {{n, 5}, {4, n}}) {
      int b = e[0];
      int h = e[1];
      var cell = new Recurrent.GruCell();
      var gradient = new Recurrent.GruCellGradient();
      var gates = gate(b, 3 * h);
      cases.add(of(cell, normal(b, 3 * h), normal(b, 3 * h), normal(b, h)));
      cases.add(of(cell, normal(b, 3 * h), normal(b, 3 * h), normal(b, h), mask(b)));
      cases.add(of(gradient, normal(b, h), gates, normal(b, 3 * h), normal(b, h)));
      cases.add(of(gradient, normal(b, h), gates, normal(b, 3 * h), normal(b, h), mask(b)));
    }
  }

  private void gates(int n) {
    for (Gate.Form form : Gate.Form.values()) {
      var unit = new Gate.Unit(form);
      var gradient = new Gate.UnitGradient(form);
      cases.add(of(unit, normal(2 * n)));
      for (int[] e : new int[][] {{n, 5}, {4, n}, {40, 33}}) {
        int b = e[0];
        int f = e[1];
        cases.add(of(unit, normal(b, 2 * f)));
        cases.add(of(unit, normal(b, 3, 2 * f), mask(b, 3)));
        cases.add(of(gradient, normal(b, 2 * f), normal(b, f)));
        cases.add(of(gradient, normal(b, 3, 2 * f), normal(b, 3, f), mask(b, 3)));
      }
    }
  }

  private void swiglu(int n) {
    for (int[] e : new int[][] {{n, 5}, {4, n}, {40, 33}}) {
      var all = normal(e[0], e[1]);
      cases.add(of(new Gate.Swiglu(), all, all));
      cases.add(of(new Gate.SwigluGradient(), all, all, all));
    }
  }

  private void updates(int n) {
    cases.add(of(new Update.ClipNorm(0.5f), normal(n), normal(3, 4)));
    cases.add(of(new Update.ClipNorm(1e6f), normal(n, 7)));
    cases.add(
        of(
            new Update.AdamW(0.9f, 0.999f, 1e-8f, 0.01f),
            normal(n, 3),
            normal(n, 3),
            normal(n, 3),
            positive(n, 3),
            scalar(0.7),
            given(0.003, 0.271, 0.003)));
  }
}
