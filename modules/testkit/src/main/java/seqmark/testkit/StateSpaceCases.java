package seqmark.testkit;

import static seqmark.testkit.OpCase.mask;
import static seqmark.testkit.OpCase.negative;
import static seqmark.testkit.OpCase.normal;
import static seqmark.testkit.OpCase.of;
import static seqmark.testkit.OpCase.positive;

import java.util.List;
import seqmark.compute.Shape;
import seqmark.compute.op.DepthwiseConvolution;
import seqmark.compute.op.StateSpace;
import seqmark.compute.op.StateSpace.Discretisation;
import seqmark.compute.op.StepSize;

/** The ops that Mamba is made of; a part of {@link OpCases}. */
final class StateSpaceCases {
  private StateSpaceCases() {}

  static void add(int n, List<OpCase> cases) {
    convolution(n, cases);
    stepSize(n, cases);
    selectiveScan(n, cases);
  }

  private static void convolution(int n, List<OpCase> cases) {
    for (int[] e :
        new int[][] {{n, 3, 5, 2}, {2, n, 9, 4}, {3, 5, n, 4}, {2, 3, 10, n}, {n, 70, 5, 40}}) {
      var x = normal(e[0], e[1], e[2]);
      var w = normal(e[3], e[2]);
      var mask = mask(e[0], e[1]);
      cases.add(of(new DepthwiseConvolution.CausalSilu(), x, w, normal(e[2]), mask));
      cases.add(of(new DepthwiseConvolution.CausalSiluGradient(), x, x, w, normal(e[2]), mask));
    }
  }

  private static void stepSize(int n, List<OpCase> cases) {
    for (int[] e : new int[][] {{n, 3, 5}, {40, n, 9}, {150, 4, n}, {3, 9, 20}}) {
      var x = normal(e[0], e[1]);
      var w = normal(e[1], e[2]);
      var y = positive(e[0], e[2]);
      cases.add(of(new StepSize.Projected(), x, w, normal(e[2])));
      cases.add(of(new StepSize.ProjectedGradient(), normal(e[0], e[2]), y, x, w));
    }
  }

  private static void selectiveScan(int n, List<OpCase> cases) {
    for (var d : Discretisation.values()) {
      for (int[] e : new int[][] {{n, 3, 5, 2}, {2, n, 9, 3}, {1, 25, n, 4}, {2, 5, 10, n}}) {
        var a = negative(e[3], e[2]);
        cases.addAll(scanAndGradient(d, e, a, normal(e[0], e[1], e[3])));
        cases.addAll(scanAndGradient(d, e, a, normal(e[3], e[2])));
      }
      var nearZero = new OpCase.Operand(Shape.of(n, 2), (random, i) -> -1e-4 * random.below(3, i));
      int[] e = {1, 3, 2, n};
      cases.addAll(scanAndGradient(d, e, nearZero, normal(1, 3, n)));
    }
  }

  private static List<OpCase> scanAndGradient(
      Discretisation d, int[] e, OpCase.Operand a, OpCase.Operand b) {
    var u = normal(e[0], e[1], e[2]);
    var delta = positive(e[0], e[1], e[2]);
    var state = normal(e[0], e[3], e[2]);
    var kept = normal(e[0], (e[1] + StateSpace.CHUNK - 1) / StateSpace.CHUNK, e[3], e[2]);
    var skip = normal(e[2]);
    var gradient = new StateSpace.SelectiveScanGradient(d);
    return List.of(
        of(new StateSpace.SelectiveScan(d), u, delta, a, b, b, skip, state),
        of(gradient, u, state, u, delta, a, b, b, skip, kept));
  }
}
