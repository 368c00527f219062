package seqmark.testkit;

import static seqmark.testkit.OpCase.normal;
import static seqmark.testkit.OpCase.of;

import java.util.List;
import seqmark.compute.op.Unfolding;

/** The ops that convolutions over time are made of; a part of {@link OpCases}. */
final class UnfoldingCases {
  private UnfoldingCases() {}

  /** Kernels that look back, around, ahead, and past both ends of a sequence. */
  static void add(int n, List<OpCase> cases) {
    for (int[] k : new int[][] {{1, 1, 0}, {2, 4, 4}, {3, 1, 1}, {3, 2, 0}, {5, 3, 20}}) {
      var kernel = new Unfolding.Kernel(k[0], k[1], k[2]);
      for (int[] e : new int[][] {{n, 3, 5}, {2, n, 9}, {2, 7, n}}) {
        cases.add(of(new Unfolding.Unfold(kernel), normal(e)));
        var parts = normal(e[0], e[1], k[0] * e[2]);
        cases.add(of(new Unfolding.Fold(kernel), parts));
        cases.add(of(new Unfolding.Fold(kernel), parts, normal(e[2])));
      }
      cases.add(of(new Unfolding.Unfold(kernel), normal(n, 5)));
      cases.add(of(new Unfolding.Fold(kernel), normal(n, k[0])));
    }
  }
}
