package seqmark.nn.layer;

import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.attend;
import static seqmark.compute.Ops.broadcast;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.softmax;
import static seqmark.compute.Ops.sumTo;
import static seqmark.compute.Ops.transpose;

import java.util.List;
import java.util.function.UnaryOperator;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.MultiHead;

/**
 * Multi-head attention (Vaswani et al. 2017, section 3.2.2): queries, keys and values are
 * projections without biases, as in the paper. D stands for heads times the width of a head.
 *
 * @param query {@code [E, D]}
 * @param key {@code [E, D]}
 * @param value {@code [E, D]}
 * @param out {@code [D, E]}
 * @param how heads, scale and what is seen
 * @param positions how scores know where queries and keys stand
 */
public record MultiHeadAttention(
    Linear query, Linear key, Linear value, Linear out, MultiHead.Attend how, Positions positions) {
  /**
   * How attention is built.
   *
   * @param width E of its inputs
   * @param heads how many
   * @param headWidth of a head's queries, keys and values
   * @param causal whether a query sees only keys up to its own
   * @param outScale what the start of the last projection is multiplied with
   */
  public record Form(int width, int heads, int headWidth, boolean causal, double outScale) {}

  /**
   * What is attended to.
   *
   * @param keys {@code [B, S, D]}
   * @param values {@code [B, S, D]}
   * @param mask {@code [B, S]}: 0 for what nobody may see
   * @param at positions {@code [B, S]}
   */
  public record Keys(Value keys, Value values, Value mask, Value at) {
    /** These and then others. */
    public Keys then(Keys others) {
      return new Keys(
          concat(1, keys, others.keys),
          concat(1, values, others.values),
          concat(1, mask, others.mask),
          concat(1, at, others.at));
    }
  }

  /** Attention whose projections start as Glorot and Bengio 2010 say. */
  public static MultiHeadAttention of(Graph g, String name, Form form, Positions positions) {
    int width = form.width();
    int inner = form.heads() * form.headWidth();
    Init init = Init.xavier(width, inner);
    return new MultiHeadAttention(
        Linear.unbiased(g, name + ".query", width, inner, init),
        Linear.unbiased(g, name + ".key", width, inner, init),
        Linear.unbiased(g, name + ".value", width, inner, init),
        Linear.unbiased(g, name + ".out", inner, width, Init.xavier(inner, width, form.outScale())),
        new MultiHead.Attend(
            form.heads(),
            (float) (1 / Math.sqrt(form.headWidth())),
            form.causal(),
            positions.kind() == Positions.Kind.ALIBI),
        positions);
  }

  /** What {@code x [B, S, E]}, at positions {@code [B, S]}, has to be attended to. */
  public Keys read(Value x, Value mask, Value at) {
    List<Value> made = Linear.each(x, key, value);
    return new Keys(positions.turn(made.getFirst(), at), made.getLast(), mask, at);
  }

  /** What {@code x [B, T, E]}, at positions {@code [B, T]}, finds among keys: {@code [B, T, E]}. */
  public Value apply(Value x, Value at, Keys k) {
    return find(query.apply(x), at, k);
  }

  /**
   * What {@code x [B, T, E]} finds among keys of its own: {@code [B, T, E]}.
   *
   * @param mask {@code [B, T]}: 0 for what nobody may see
   * @param at positions {@code [B, T]}
   * @param seen from the keys of x, those that it sees
   */
  public Value within(Value x, Value mask, Value at, UnaryOperator<Keys> seen) {
    List<Value> made = Linear.each(x, query, key, value);
    Keys own = new Keys(positions.turn(made.get(1), at), made.get(2), mask, at);
    return find(made.getFirst(), at, seen.apply(own));
  }

  private Value find(Value queries, Value at, Keys k) {
    Value q = positions.turn(queries, at); // [B, T, D]
    Value found =
        how.alibi()
            ? attend(how, q, k.keys, k.values, k.mask, at, k.at)
            : attend(how, q, k.keys, k.values, k.mask); // [B, T, D]
    return out.apply(found);
  }

  /**
   * Where one query {@code x [B, 1, E]} looks, as the mean over heads: {@code [B, S]}. For showing
   * only; not for attention that knows positions.
   */
  public Value weights(Value x, Keys k) {
    int batch = k.mask.shape().dim(0);
    int source = k.mask.shape().dim(1);
    int heads = how.heads();
    Value q = affine(query.apply(x), how.scale(), 0); // [B, 1, D]
    Value products = reshape(multiply(k.keys, q), batch, source, heads, headWidth());
    Value scores =
        reshape(sumTo(products, Shape.of(batch, source, heads, 1)), batch, source, heads);
    Value mask = broadcast(reshape(k.mask, batch, 1, source), Shape.of(batch, heads, source));
    Value perHead = softmax(transpose(scores, 0, 2, 1), mask); // [B, heads, S]
    Value sum = sumTo(perHead, Shape.of(batch, 1, source));
    return affine(reshape(sum, batch, source), 1.0 / heads, 0);
  }

  private int headWidth() {
    return key.weight().shape().dim(1) / how.heads();
  }
}
