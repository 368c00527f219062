package seqmark.testkit;

import static seqmark.testkit.OpCase.ids;
import static seqmark.testkit.OpCase.mask;
import static seqmark.testkit.OpCase.normal;
import static seqmark.testkit.OpCase.of;
import static seqmark.testkit.OpCase.positive;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.op.MultiHead;
import seqmark.compute.op.Rotary;
import seqmark.compute.op.Standardize;

/** The ops of Transformers, with one of their extents of any size. */
final class TransformerCases {
  private final List<OpCase> cases = new ArrayList<>();

  private TransformerCases() {}

  static List<OpCase> all(int n) {
    TransformerCases all = new TransformerCases();
    all.multiHead(n);
    all.rotary(n);
    all.standardize(n);
    return all.cases;
  }

  /** B, T, S, D, Dv and heads; with more queries than keys, the first causal ones see nothing. */
  private void multiHead(int n) {
    int[][] extents = {
      {n, 2, 3, 4, 6, 2},
      {2, n, 5, 3, 4, 1},
      {2, 3, n, 2, 2, 1},
      {1, n / 4 + 1, n, 10, 20, 2},
      {1, n, n / 4 + 1, 6, 3, 3},
      {2, 4, 3, n, 2 * n, 1}
    };
    for (int[] e : extents) {
      float scale = (float) Math.sqrt((double) e[5] / e[3]);
      attend(new MultiHead.Attend(e[5], scale, false, false), e);
      attend(new MultiHead.Attend(e[5], scale, true, false), e);
      attend(new MultiHead.Attend(e[5], scale, true, true), e);
    }
  }

  private void attend(MultiHead.Attend how, int[] e) {
    List<OpCase.Operand> in = new ArrayList<>();
    in.add(normal(e[0], e[1], e[3]));
    in.add(normal(e[0], e[2], e[3]));
    in.add(normal(e[0], e[2], e[4]));
    in.add(mask(e[0], e[2]));
    if (how.alibi()) {
      in.add(ids(50, e[0], e[1]));
      in.add(ids(50, e[0], e[2]));
    }
    cases.add(new OpCase(how, List.copyOf(in)));
    in.add(0, normal(e[0], e[1], e[4]));
    in.add(1, positive(e[0], e[5], e[1]));
    cases.add(new OpCase(new MultiHead.AttendGradient(how), List.copyOf(in)));
  }

  private void rotary(int n) {
    for (boolean back : new boolean[] {false, true}) {
      var turn = new Rotary.Turn(back);
      cases.add(of(turn, normal(n, 2, 12), normal(9, 4), ids(9, n, 2)));
      cases.add(of(turn, normal(3, 4 * n), normal(n, 2 * n), ids(n, 3)));
    }
  }

  private void standardize(int n) {
    for (int[] e : new int[][] {{n, 5}, {3, n}}) {
      int b = e[0];
      int d = e[1];
      var layer = Standardize.Rows.layerNorm();
      var rms = Standardize.Rows.rmsNorm();
      cases.add(of(layer, normal(b, d), normal(d), normal(d)));
      cases.add(of(layer, normal(b, 2, d), normal(d), normal(d)));
      cases.add(of(rms, normal(b, d), normal(d)));
      var gradient = new Standardize.RowsGradient();
      cases.add(of(gradient, normal(b, d), normal(b, d), normal(d), positive(b)));
      cases.add(of(gradient, normal(b, d), normal(b, d), normal(d), positive(b), normal(b)));
      var gain = new Standardize.GainGradient();
      cases.add(of(gain, normal(b, d), normal(b, d), positive(b)));
      cases.add(of(gain, normal(b, 2, d), normal(b, 2, d), positive(b, 2), normal(b, 2)));
    }
  }
}
