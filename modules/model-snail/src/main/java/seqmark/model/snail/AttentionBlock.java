package seqmark.model.snail;

import static seqmark.compute.Ops.attend;
import static seqmark.compute.Ops.concat;

import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.compute.op.MultiHead;
import seqmark.nn.layer.KeyValueCache;
import seqmark.nn.layer.Linear;

/**
 * A look-up by key among all positions so far (Mishra et al. 2017, section 3.2, algorithm 2). Keys
 * have no bias: it would add the same to all scores of a query, which softmax takes out again.
 *
 * @param query {@code [D, K]}
 * @param key {@code [D, K]}
 * @param value {@code [D, width]}
 * @param keyWidth K
 * @param width of values
 * @param dropout the rate on what is found
 */
record AttentionBlock(
    Linear query, Linear key, Linear value, int keyWidth, int width, double dropout)
    implements Block {
  /** A block whose keys are twice as wide as its values, as all of the paper's are. */
  static AttentionBlock of(Graph g, String name, int in, int width, double dropout) {
    int keyWidth = 2 * width;
    Init keys = Init.xavier(in, keyWidth);
    Init zero = Init.constant(0);
    return new AttentionBlock(
        Linear.of(g, name + ".query", in, keyWidth, keys, zero),
        Linear.unbiased(g, name + ".key", in, keyWidth, keys),
        Linear.of(g, name + ".value", in, width, Init.xavier(in, width), zero),
        keyWidth,
        width,
        dropout);
  }

  @Override
  public Value apply(Value x, Value mask) {
    return append(x, key.apply(x), value.apply(x), mask);
  }

  @Override
  public Value read(Value x, Reading reading) {
    Value keys = key.apply(x); // [B, S, K]
    Value values = value.apply(x); // [B, S, width]
    reading.remember(keys, values);
    return append(x, keys, values, reading.mask());
  }

  @Override
  public Value write(Value x, Writing writing) {
    Value sourceKeys = writing.remembered();
    Value sourceValues = writing.remembered();
    KeyValueCache cache = writing.cache(key.apply(x), value.apply(x));
    return append(
        x,
        concat(1, sourceKeys, cache.keys()), // [B, S + C, K]
        concat(1, sourceValues, cache.values()), // [B, S + C, width]
        writing.mask());
  }

  private Value append(Value x, Value keys, Value values, Value mask) {
    var how = new MultiHead.Attend(1, (float) (1 / Math.sqrt(keyWidth)), true, false);
    Value found = attend(how, query.apply(x), keys, values, mask); // [B, L, width]
    return concat(2, x, Ops.dropout(found, dropout));
  }
}
