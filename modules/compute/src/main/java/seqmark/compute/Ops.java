package seqmark.compute;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.op.Attention;
import seqmark.compute.op.Constants;
import seqmark.compute.op.DepthwiseConvolution;
import seqmark.compute.op.Elementwise;
import seqmark.compute.op.Elementwise.Arithmetic;
import seqmark.compute.op.Embedding;
import seqmark.compute.op.Function;
import seqmark.compute.op.Gate;
import seqmark.compute.op.Loss;
import seqmark.compute.op.MatMul;
import seqmark.compute.op.MultiHead;
import seqmark.compute.op.Normalize;
import seqmark.compute.op.Padding;
import seqmark.compute.op.Recurrent;
import seqmark.compute.op.Reduce;
import seqmark.compute.op.Rotary;
import seqmark.compute.op.Segments;
import seqmark.compute.op.Shapes;
import seqmark.compute.op.Standardize;
import seqmark.compute.op.StateSpace;
import seqmark.compute.op.StepSize;
import seqmark.compute.op.Unfolding;

/**
 * The words that model code is written in: each applies an op to values and returns its result.
 * Meant for static import.
 */
public final class Ops {
  private Ops() {}

  /** Applies any op with one result. */
  public static Value apply(Op op, Value... in) {
    return Graph.emitOne(op, in);
  }

  /** Applies any op. */
  public static List<Value> applyAll(Op op, Value... in) {
    return Graph.emit(op, in).out();
  }

  /** {@code a + b}, broadcasting as {@link Elementwise.Binary} says. */
  public static Value add(Value a, Value b) {
    return binary(Arithmetic.ADD, a, b);
  }

  /** {@code a - b}. */
  public static Value subtract(Value a, Value b) {
    return binary(Arithmetic.SUBTRACT, a, b);
  }

  /** {@code a * b}, element by element. */
  public static Value multiply(Value a, Value b) {
    return binary(Arithmetic.MULTIPLY, a, b);
  }

  /** {@code a / b}. */
  public static Value divide(Value a, Value b) {
    return binary(Arithmetic.DIVIDE, a, b);
  }

  private static Value binary(Arithmetic arithmetic, Value a, Value b) {
    return apply(new Elementwise.Binary(arithmetic), a, b);
  }

  /** {@code scale * x + shift}. */
  public static Value affine(Value x, double scale, double shift) {
    return apply(new Elementwise.Affine((float) scale, (float) shift), x);
  }

  /** The hyperbolic tangent. */
  public static Value tanh(Value x) {
    return apply(new Elementwise.Unary(Function.TANH), x);
  }

  /** The logistic function. */
  public static Value sigmoid(Value x) {
    return apply(new Elementwise.Unary(Function.SIGMOID), x);
  }

  /** {@code max(x, 0)}. */
  public static Value relu(Value x) {
    return apply(new Elementwise.Unary(Function.RELU), x);
  }

  /** The exponential. */
  public static Value exp(Value x) {
    return apply(new Elementwise.Unary(Function.EXP), x);
  }

  /** The natural logarithm. */
  public static Value log(Value x) {
    return apply(new Elementwise.Unary(Function.LOG), x);
  }

  /** The square root. */
  public static Value sqrt(Value x) {
    return apply(new Elementwise.Unary(Function.SQRT), x);
  }

  /** {@code x * Φ(x)}, in the approximation of {@link Function#GELU}. */
  public static Value gelu(Value x) {
    return apply(new Elementwise.Unary(Function.GELU), x);
  }

  /** {@code x * sigmoid(x)}. */
  public static Value silu(Value x) {
    return apply(new Elementwise.Unary(Function.SILU), x);
  }

  /** {@code log(1 + exp(x))}. */
  public static Value softplus(Value x) {
    return apply(new Elementwise.Unary(Function.SOFTPLUS), x);
  }

  /**
   * {@code form(content) * sigmoid(gate)}, side by side in x {@code [..., 2 F]}: {@code [..., F]}.
   */
  public static Value gated(Value x, Gate.Form form) {
    return apply(new Gate.Unit(form), x);
  }

  /** {@link #gated(Value, Gate.Form)} where mask {@code [...]} is not 0, and 0 elsewhere. */
  public static Value gated(Value x, Gate.Form form, Value mask) {
    return apply(new Gate.Unit(form), x, mask);
  }

  /** {@code content * silu(gate)}, both {@code [..., F]}. */
  public static Value swiglu(Value content, Value gate) {
    return apply(new Gate.Swiglu(), content, gate);
  }

  /** {@code x [..., K] · w [K, N]}: {@code [..., N]}. */
  public static Value dense(Value x, Value w) {
    return apply(new MatMul.Dense(false), x, w);
  }

  /** {@code x [..., K] · w [K, N] + addend}, which is {@code [N]} or {@code [..., N]}. */
  public static Value dense(Value x, Value w, Value addend) {
    return apply(new MatMul.Dense(false), x, w, addend);
  }

  /** {@code a [..., M, K] · b [..., K, N]}, either stored transposed. */
  public static Value matmul(Value a, Value b, boolean transposeA, boolean transposeB) {
    return apply(new MatMul.Batched(transposeA, transposeB), a, b);
  }

  /** The sum over leading axes, and over axes whose extent in {@code shape} is 1. */
  public static Value sumTo(Value x, Shape shape) {
    return x.shape().equals(shape) ? x : apply(new Reduce.SumTo(shape), x);
  }

  /** The sum of all elements: []. */
  public static Value sum(Value x) {
    return sumTo(x, Shape.SCALAR);
  }

  /** Repeats x to a larger shape. */
  public static Value broadcast(Value x, Shape shape) {
    return x.shape().equals(shape) ? x : apply(new Reduce.Broadcast(shape), x);
  }

  /** The same elements in other extents. */
  public static Value reshape(Value x, Shape shape) {
    return apply(new Shapes.Reshape(shape), x);
  }

  /** The same elements in other extents. */
  public static Value reshape(Value x, int... shape) {
    return reshape(x, Shape.of(shape));
  }

  /** Axes in another order. */
  public static Value transpose(Value x, Integer... order) {
    return apply(new Shapes.Transpose(List.of(order)), x);
  }

  /** The part {@code from .. to - 1} of an axis. */
  public static Value slice(Value x, int axis, int from, int to) {
    return apply(new Shapes.Slice(axis, from, to), x);
  }

  /**
   * An axis in parts of these widths, from its start. Parts that are taken in order have a gradient
   * that is put together; others' are added to zeros.
   */
  public static List<Value> split(Value x, int axis, int... widths) {
    List<Value> parts = new ArrayList<>();
    int from = 0;
    for (int width : widths) {
      parts.add(slice(x, axis, from, from + width));
      from += width;
    }
    return parts;
  }

  /** Values one after the other along an axis. */
  public static Value concat(int axis, Value... parts) {
    return apply(new Shapes.Concat(axis), parts);
  }

  /** Each row's valid part reversed: x {@code [B, T, ...]}, mask {@code [B, T]}. */
  public static Value reverseSequence(Value x, Value mask) {
    return apply(new Padding.Reverse(), x, mask);
  }

  /**
   * Each row's padding moved from its end to its start: x {@code [B, T, ...]}, mask {@code [B, T]}.
   */
  public static Value padStart(Value x, Value mask) {
    return apply(new Padding.Rotate(false), x, mask);
  }

  /**
   * The positions that a kernel covers, side by side, with zeros for those outside: x {@code [...,
   * T, D]} to {@code [..., T, K * D]}.
   */
  public static Value unfold(Value x, Unfolding.Kernel kernel) {
    return apply(new Unfolding.Unfold(kernel), x);
  }

  /** Every position's sum of the parts taken from it, plus a bias: {@link Unfolding.Fold}. */
  public static Value fold(Value x, Unfolding.Kernel kernel, Value bias) {
    return apply(new Unfolding.Fold(kernel), x, bias);
  }

  /**
   * Which sentence {@code [B, S, S]} each token belongs to, and how far into it {@code [B, S]}; ids
   * and mask {@code [B, S]}. See {@link Segments.Sentences}.
   */
  public static List<Value> sentences(Value ids, Value mask, int end) {
    return applyAll(new Segments.Sentences(end), ids, mask);
  }

  /** One number everywhere. */
  public static Value fill(Graph g, double value, Shape shape) {
    return g.emitIn(null, new Constants.Fill((float) value, shape)).out(0);
  }

  /** Zeros. */
  public static Value zeros(Graph g, int... shape) {
    return fill(g, 0, Shape.of(shape));
  }

  /** {@code 0, 1, ..., n - 1}. */
  public static Value range(Graph g, int n) {
    return g.emitIn(null, new Constants.Range(n)).out(0);
  }

  /** Rows of table {@code [V, D]} by ids {@code [...]}: {@code [..., D]}. */
  public static Value lookup(Value table, Value ids) {
    return apply(new Embedding.Lookup(), table, ids);
  }

  /**
   * Drops elements with probability {@code rate} while training and scales up the rest; elsewhere x
   * itself. In a loop every step has a mask of its own.
   */
  public static Value dropout(Value x, double rate) {
    Graph g = x.graph();
    if (!g.training() || rate == 0) {
      return x;
    }
    Loop loop = x.loop();
    Shape shape = loop == null ? x.shape() : x.shape().prepend(loop.steps());
    Value mask = apply(new Constants.DropoutMask((float) rate, g.nextSalt(), shape), g.randomKey());
    return multiply(x, loop == null ? mask : loop.slice(mask));
  }

  /** An LSTM step: gates {@code [B, 4H]}, c {@code [B, H]}; results h and c. */
  public static List<Value> lstmCell(Value gates, Value c) {
    return applyAll(new Recurrent.LstmCell(), gates, c).subList(0, 2);
  }

  /** An LSTM step in which rows whose mask {@code [B]} is 0 keep h and c. */
  public static List<Value> lstmCell(Value gates, Value c, Value h, Value mask) {
    return applyAll(new Recurrent.LstmCell(), gates, c, h, mask).subList(0, 2);
  }

  /** A GRU step: projected input and state {@code [B, 3H]}, h {@code [B, H]}; mask may be null. */
  public static Value gruCell(Value input, Value state, Value h, Value mask) {
    List<Value> in = new ArrayList<>(List.of(input, state, h));
    if (mask != null) {
      in.add(mask);
    }
    return applyAll(new Recurrent.GruCell(), in.toArray(Value[]::new)).getFirst();
  }

  /** Dot products of query {@code [B, D]} and memory {@code [B, S, D]}: {@code [B, S]}. */
  public static Value attentionDot(Value query, Value memory) {
    return apply(new Attention.Dot(), query, memory);
  }

  /** The sum of memory {@code [B, S, D]} weighted by {@code [B, S]}: {@code [B, D]}. */
  public static Value attentionMix(Value weights, Value memory) {
    return apply(new Attention.Mix(), weights, memory);
  }

  /** {@code v [D] · tanh(query [B, D] + keys [B, S, D])}: {@code [B, S]}. */
  public static Value attentionAdditive(Value query, Value keys, Value v) {
    return apply(new Attention.Additive(), query, keys, v);
  }

  /** Which positions of mask {@code [B, S]} lie within a radius of centre {@code [B, 1]}. */
  public static Value attentionWindow(Value centre, Value mask, int radius) {
    return apply(new Attention.Window(radius), centre, mask);
  }

  /**
   * Attention of queries {@code [B, T, D]} to keys {@code [B, S, D]} and values {@code [B, S, Dv]}
   * where mask {@code [B, S]} is not 0: {@code [B, T, Dv]}. With ALiBi, the positions of queries
   * {@code [B, T]} and of keys {@code [B, S]} follow.
   */
  public static Value attend(
      MultiHead.Attend how, Value queries, Value keys, Value values, Value mask, Value... at) {
    List<Value> in = new ArrayList<>(List.of(queries, keys, values, mask));
    in.addAll(List.of(at));
    return applyAll(how, in.toArray(Value[]::new)).getFirst();
  }

  /** Heads of x {@code [..., D]} turned as a table {@code [P, W]} says for positions [...]. */
  public static Value rotary(Value x, Value table, Value positions) {
    return apply(new Rotary.Turn(false), x, table, positions);
  }

  /**
   * SiLU of what each channel's taps, weight {@code [K, D]}, make of x {@code [B, T, D]} and its
   * past; 0 where mask {@code [B, T]} is.
   */
  public static Value convolutionSilu(Value x, Value weight, Value bias, Value mask) {
    return apply(new DepthwiseConvolution.CausalSilu(), x, weight, bias, mask);
  }

  /** {@code softplus(x W + bias)} of x {@code [..., R]}, W {@code [R, D]}, bias {@code [D]}. */
  public static Value stepSize(Value x, Value weight, Value bias) {
    return apply(new StepSize.Projected(), x, weight, bias);
  }

  /**
   * The scan of {@link StateSpace.SelectiveScan}, whose operands these are: y and the last state.
   */
  public static List<Value> selectiveScan(StateSpace.Discretisation discretisation, Value... in) {
    return applyAll(new StateSpace.SelectiveScan(discretisation), in).subList(0, 2);
  }

  /** Softmax over the last axis where mask (same shape, or null for everywhere) is not 0. */
  public static Value softmax(Value scores, Value mask) {
    return mask == null
        ? apply(new Normalize.Softmax(), scores)
        : apply(new Normalize.Softmax(), scores, mask);
  }

  /** Rows x {@code [..., D]} at mean 0 and variance 1, times gain {@code [D]}, plus bias. */
  public static Value layerNorm(Value x, Value gain, Value bias) {
    return applyAll(Standardize.Rows.layerNorm(), x, gain, bias).getFirst();
  }

  /** Rows x {@code [..., D]} at a root mean square of 1, times gain {@code [D]}. */
  public static Value rmsNorm(Value x, Value gain) {
    return applyAll(Standardize.Rows.rmsNorm(), x, gain).getFirst();
  }

  /** {@code weight * loss} in nats: logits {@code [..., V]}, targets and weights {@code [...]}. */
  public static Value crossEntropy(Value logits, Value targets, Value weights, double smoothing) {
    return applyAll(new Loss.CrossEntropy((float) smoothing), logits, targets, weights).getFirst();
  }
}
