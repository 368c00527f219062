package seqmark.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.apply;
import static seqmark.compute.Ops.attentionAdditive;
import static seqmark.compute.Ops.attentionDot;
import static seqmark.compute.Ops.attentionMix;
import static seqmark.compute.Ops.broadcast;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.convolutionSilu;
import static seqmark.compute.Ops.crossEntropy;
import static seqmark.compute.Ops.dense;
import static seqmark.compute.Ops.divide;
import static seqmark.compute.Ops.exp;
import static seqmark.compute.Ops.gated;
import static seqmark.compute.Ops.gelu;
import static seqmark.compute.Ops.gruCell;
import static seqmark.compute.Ops.layerNorm;
import static seqmark.compute.Ops.log;
import static seqmark.compute.Ops.lookup;
import static seqmark.compute.Ops.lstmCell;
import static seqmark.compute.Ops.matmul;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.relu;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.rmsNorm;
import static seqmark.compute.Ops.rotary;
import static seqmark.compute.Ops.selectiveScan;
import static seqmark.compute.Ops.sigmoid;
import static seqmark.compute.Ops.silu;
import static seqmark.compute.Ops.slice;
import static seqmark.compute.Ops.softmax;
import static seqmark.compute.Ops.softplus;
import static seqmark.compute.Ops.split;
import static seqmark.compute.Ops.sqrt;
import static seqmark.compute.Ops.stepSize;
import static seqmark.compute.Ops.subtract;
import static seqmark.compute.Ops.sum;
import static seqmark.compute.Ops.sumTo;
import static seqmark.compute.Ops.swiglu;
import static seqmark.compute.Ops.tanh;
import static seqmark.compute.Ops.transpose;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.compute.op.Gate;
import seqmark.compute.op.MatMul;
import seqmark.compute.op.MultiHead;
import seqmark.compute.op.Shapes;
import seqmark.compute.op.StateSpace.Discretisation;
import seqmark.compute.op.Unfolding;

/** Every op's gradient, alone and inside a loop, against central differences in float64. */
class GradientTest {
  private static final double STEP = 1e-5;

  private record Case(Function<Value[], Value> model, int[]... shapes) {}

  private static final Map<String, Case> CASES = new LinkedHashMap<>();

  private static void of(String name, Function<Value[], Value> model, int[]... shapes) {
    CASES.put(name, new Case(model, shapes));
  }

  private static int[] s(int... dims) {
    return dims;
  }

  static {
    of("add", p -> add(p[0], p[1]), s(3, 4), s(4));
    of("add one column", p -> add(p[0], p[1]), s(3, 1), s(3, 4));
    of("add itself", p -> add(p[0], p[0]), s(3, 4));
    of("subtract", p -> subtract(p[0], p[1]), s(3, 4), s(3, 4));
    of("subtract scalar", p -> subtract(p[0], p[1]), s(3, 4), s());
    of("multiply", p -> multiply(p[0], p[1]), s(3, 4), s(3, 1));
    of("square", p -> multiply(p[0], p[0]), s(3, 4));
    of("divide", p -> divide(p[0], affine(sigmoid(p[1]), 1, 1)), s(3, 4), s(4));
    of("affine", p -> affine(p[0], -2, 3), s(3, 4));
    of("tanh", p -> tanh(p[0]), s(3, 4));
    of("sigmoid", p -> sigmoid(p[0]), s(3, 4));
    of("relu", p -> relu(p[0]), s(3, 4));
    of("gelu", p -> gelu(p[0]), s(3, 4));
    of("exp", p -> exp(p[0]), s(3, 4));
    of("log", p -> log(exp(p[0])), s(3, 4));
    of("sqrt", p -> sqrt(exp(p[0])), s(3, 4));
    of("silu", p -> silu(p[0]), s(3, 4));
    of("softplus", p -> softplus(p[0]), s(3, 4));
    of("sum-to", p -> sumTo(p[0], Shape.of(3, 1)), s(3, 4));
    of("broadcast", p -> broadcast(p[0], Shape.of(2, 3, 4)), s(3, 1));
    of("dense", p -> dense(p[0], p[1], p[2]), s(3, 4), s(4, 5), s(5));
    of("dense 3d", p -> dense(p[0], p[1], p[2]), s(3, 2, 4), s(4, 5), s(3, 2, 5));
    of("dense transposed", p -> apply(new MatMul.Dense(true), p[0], p[1]), s(3, 4), s(5, 4));
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        of(
            "matmul " + ta + " " + tb,
            p -> matmul(p[0], p[1], ta, tb),
            ta ? s(3, 4, 2) : s(3, 2, 4),
            tb ? s(3, 5, 4) : s(3, 4, 5));
      }
    }
    of("reshape", p -> reshape(p[0], 3, 2, 2), s(3, 4));
    of("copy", p -> apply(new Shapes.Copy(), p[0]), s(3, 4));
    of("transpose", p -> transpose(p[0], 0, 2, 1), s(3, 4, 2));
    of("slice", p -> slice(p[0], 1, 1, 3), s(3, 4));
    of("all of a split", p -> swapped(split(p[0], 1, 1, 2, 1)), s(3, 4));
    of("the end of a split", p -> swapped(split(p[0], 1, 1, 2, 2).subList(1, 3)), s(3, 5));
    of("the start of a split", p -> swapped(split(p[0], 0, 2, 1, 3).subList(0, 2)), s(6, 2));
    of("parts that overlap", p -> multiply(slice(p[0], 1, 0, 3), slice(p[0], 1, 1, 4)), s(3, 4));
    of("parts apart", p -> multiply(slice(p[0], 1, 0, 1), slice(p[0], 1, 3, 4)), s(3, 4));
    of("concat", p -> concat(1, p[0], p[1], p[0]), s(3, 4), s(3, 2));
    of("lookup", p -> multiply(lookup(p[1], Ops.range(p[0].graph(), 3)), p[0]), s(3, 1), s(4, 2));
    of("reverse", p -> Ops.reverseSequence(p[0], mask(p[0].graph(), 3, 4)), s(3, 4, 2));
    of("pad-start", p -> Ops.padStart(p[0], mask(p[0].graph(), 3, 4)), s(3, 4, 2));
    for (int[] k : new int[][] {{2, 1, 1}, {2, 4, 4}, {3, 2, 2}, {3, 1, 0}}) {
      var kernel = new Unfolding.Kernel(k[0], k[1], k[2]);
      of("unfold by " + kernel, p -> Ops.unfold(p[0], kernel), s(2, 6, 3));
      of("fold by " + kernel, p -> apply(new Unfolding.Fold(kernel), p[0]), s(2, 6, 2 * k[0]));
      of("biased fold by " + kernel, p -> Ops.fold(p[0], kernel, p[1]), s(2, 6, 2 * k[0]), s(2));
    }
    of("softmax", p -> softmax(p[0], null), s(3, 4));
    of("masked softmax", p -> softmax(p[0], mask(p[0].graph(), 3, 4)), s(3, 4));
    of("layer norm", p -> layerNorm(p[0], p[1], p[2]), s(3, 4), s(4), s(4));
    of("layer norm 3d", p -> layerNorm(p[0], p[1], p[2]), s(3, 2, 4), s(4), s(4));
    of("layer norm of a vector", p -> layerNorm(p[0], p[1], p[2]), s(4), s(4), s(4));
    of("rms norm", p -> rmsNorm(p[0], p[1]), s(3, 4), s(4));
    of("attention dot", p -> attentionDot(p[0], p[1]), s(3, 4), s(3, 2, 4));
    of("attention mix", p -> attentionMix(p[0], p[1]), s(3, 2), s(3, 2, 4));
    of("additive", p -> attentionAdditive(p[0], p[1], p[2]), s(3, 4), s(3, 2, 4), s(4));
    of("multi-head", p -> attend(p, 1, false, false), s(3, 2, 4), s(3, 4, 4), s(3, 4, 5));
    of("two heads", p -> attend(p, 2, false, false), s(3, 3, 4), s(3, 4, 4), s(3, 4, 6));
    of("causal heads", p -> attend(p, 2, true, false), s(3, 4, 4), s(3, 4, 4), s(3, 4, 2));
    of("causal, more keys", p -> attend(p, 1, true, false), s(3, 2, 3), s(3, 4, 3), s(3, 4, 2));
    of("causal, more queries", p -> attend(p, 1, true, false), s(3, 5, 3), s(3, 4, 3), s(3, 4, 2));
    of("alibi", p -> attend(p, 2, true, true), s(3, 4, 4), s(3, 4, 4), s(3, 4, 2));
    of("rotary", p -> rotary(p[0], table(p[0].graph()), Ops.range(p[0].graph(), 3)), s(3, 8));
    of("convolution", p -> convolved(p), s(2, 5, 3), s(4, 3), s(3));
    of("step size", p -> stepSize(p[0], p[1], p[2]), s(2, 3, 5), s(5, 4), s(4));
    of("long convolution", p -> convolved(p), s(2, 3, 2), s(5, 2), s(2));
    for (Discretisation d : Discretisation.values()) {
      int[] state = s(2, 3, 2);
      of("scan " + d, p -> scan(d, p), s(2, 26, 2), s(2), s(3, 2), s(2, 26, 3), state, s(2));
      of("invariant scan " + d, p -> scan(d, p), s(2, 3, 2), s(2), s(3, 2), s(3, 2), state, s(2));
    }
    of("lstm", p -> both(lstmCell(p[0], p[1])), s(3, 16), s(3, 4));
    of("lstm h only", p -> lstmCell(p[0], p[1]).get(0), s(3, 16), s(3, 4));
    of(
        "masked lstm",
        p -> both(lstmCell(p[0], p[1], p[2], rows(p[0].graph()))),
        s(3, 16),
        s(3, 4),
        s(3, 4));
    of("gru", p -> gruCell(p[0], p[1], p[2], null), s(3, 12), s(3, 12), s(3, 4));
    of(
        "masked gru",
        p -> gruCell(p[0], p[1], p[2], rows(p[0].graph())),
        s(3, 12),
        s(3, 12),
        s(3, 4));
    of("swiglu", p -> swiglu(p[0], p[1]), s(3, 4), s(3, 4));
    for (Gate.Form form : Gate.Form.values()) {
      of("gated " + form, p -> gated(p[0], form), s(3, 8));
      of("masked gated " + form, p -> gated(p[0], form, mask(p[0].graph(), 3, 2)), s(3, 2, 6));
    }
    of(
        "cross-entropy",
        p -> {
          Graph g = p[0].graph();
          return crossEntropy(p[0], Ops.range(g, 3), rows(g), 0.1);
        },
        s(3, 4));
  }

  /** Of u, what delta adds to it, A, B, the state and the skip; both results of the scan. */
  private static Value scan(Discretisation d, Value[] p) {
    Value delta = softplus(add(p[0], p[1]));
    Value c = affine(p[3], -0.5, 0.3);
    Value a = affine(tanh(p[2]), 0.7, -0.6);
    List<Value> out = selectiveScan(d, p[0], delta, a, p[3], c, p[5], p[4]);
    return concat(1, out.get(0), out.get(1));
  }

  /** The last position of the last row is masked. */
  private static Value convolved(Value[] p) {
    Shape x = p[0].shape();
    return convolutionSilu(p[0], p[1], p[2], mask(p[0].graph(), x.dim(0), x.dim(1)));
  }

  private static Value both(List<Value> hAndC) {
    return concat(1, hAndC.get(0), hAndC.get(1));
  }

  /** Queries, keys and values; the last key of the last row is masked. */
  private static Value attend(Value[] p, int heads, boolean causal, boolean alibi) {
    Graph g = p[0].graph();
    int queries = p[0].shape().dim(1);
    int keys = p[1].shape().dim(1);
    var how = new MultiHead.Attend(heads, 0.7f, causal, alibi);
    Value mask = mask(g, 3, keys);
    return alibi
        ? Ops.attend(how, p[0], p[1], p[2], mask, positions(g, queries), positions(g, keys))
        : Ops.attend(how, p[0], p[1], p[2], mask);
  }

  /** Any numbers: the gradient of a turn does not ask for cosines and sines. */
  private static Value table(Graph g) {
    return reshape(affine(Ops.range(g, 12), 0.1, -0.5), 3, 4);
  }

  private static Value positions(Graph g, int n) {
    return broadcast(Ops.range(g, n), Shape.of(3, n));
  }

  /** The last part first, the first one squared. */
  private static Value swapped(List<Value> parts) {
    Value first = parts.getFirst();
    Value all = reshape(multiply(first, first), first.shape().size());
    for (Value part : parts.subList(1, parts.size())) {
      all = concat(0, reshape(part, part.shape().size()), all);
    }
    return all;
  }

  private static Value rows(Graph g) {
    return slice(reshape(mask(g, 3, 4), 12), 0, 9, 12);
  }

  /** Ones, but for a zero in the last place: {@code min(last - i, 1)}, from ops that exist. */
  private static Value mask(Graph g, int rows, int cols) {
    int last = rows * cols - 1;
    Value fromEnd = affine(Ops.range(g, last + 1), -1, last);
    return reshape(subtract(fromEnd, relu(affine(fromEnd, 1, -1))), rows, cols);
  }

  @TestFactory
  Stream<DynamicTest> alone() {
    return CASES.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue(), false)));
  }

  @TestFactory
  Stream<DynamicTest> inLoop() {
    return CASES.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue(), true)));
  }

  private static void check(Case c, boolean inLoop) {
    Graph g = new Graph(false);
    Value[] p = new Value[c.shapes().length];
    for (int i = 0; i < p.length; i++) {
      p[i] = g.parameter("p" + i, Init.constant(0), c.shapes()[i]);
    }
    compareWithDifferences(weighted(inLoop ? loop(g, c, p) : c.model().apply(p)), List.of(p));
  }

  /** The case as the body of a loop: operand 0 is carried and changed, the rest is captured. */
  private static Value loop(Graph g, Case c, Value[] p) {
    Loop loop = g.loop("loop", 3);
    Value[] in = p.clone();
    in[0] = loop.carry(p[0]);
    Value result = c.model().apply(in);
    boolean fromLoop = result.loop() == loop;
    Value total = sum(multiply(result, result));
    Value shift = affine(tanh(fromLoop ? total : add(total, sum(in[0]))), 0.3, 0);
    loop.next(in[0], add(affine(in[0], 0.7, 0), shift));
    loop.close();
    return concat(
        0,
        reshape(loop.stack(result), 3 * result.shape().size()),
        reshape(loop.stack(in[0]), 3 * p[0].shape().size()),
        reshape(loop.last(in[0]), p[0].shape().size()));
  }

  /** A scalar to which every element contributes differently. */
  private static Value weighted(Value x) {
    Value flat = reshape(x, x.shape().size());
    Value weights = affine(Ops.range(x.graph(), flat.shape().size()), 0.1, 0.3);
    return sum(multiply(flat, weights));
  }

  static void compareWithDifferences(Value loss, List<Value> parameters) {
    Graph g = loss.graph();
    g.output(loss);
    List<Value> gradients = Gradients.of(loss, parameters);
    gradients.forEach(g::output);
    Map<Value, double[]> at = new HashMap<>();
    CounterRandom random = CounterRandom.seeded(7);
    for (Value p : parameters) {
      double[] x = new double[p.shape().size()];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.fork(p.name()).normal(i);
      }
      at.put(p, x);
    }
    Map<Value, double[]> exact = Reference.evaluate(g, at);
    PlannedRun.requireEqual(g, at, exact);
    for (int p = 0; p < gradients.size(); p++) {
      double[] x = at.get(parameters.get(p));
      double[] found = exact.get(gradients.get(p)).clone();
      for (int i = 0; i < x.length; i++) {
        double before = x[i];
        x[i] = before + STEP;
        double up = Reference.evaluate(g, at).get(loss)[0];
        x[i] = before - STEP;
        double down = Reference.evaluate(g, at).get(loss)[0];
        x[i] = before;
        double expected = (up - down) / (2 * STEP);
        assertEquals(
            expected,
            found[i],
            1e-6 * Math.max(1, Math.abs(expected)),
            parameters.get(p) + " element " + i);
      }
    }
  }
}
