package seqmark.model.snail;

import static seqmark.compute.Ops.attend;
import static seqmark.compute.Ops.concat;

import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.compute.op.MultiHead;
import seqmark.nn.layer.KeyValueCache;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.Stream;

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
    List<Value> made = mapped(x);
    return concat(2, x, find(made.get(0), made.get(1), made.get(2), mask));
  }

  @Override
  public List<Value> answer(Value x, Stream stream) {
    List<Value> made = Linear.each(x, key, value);
    Value asking = stream.input(x); // [B, T, D]
    Value found = find(query.apply(asking), made.getFirst(), made.getLast(), stream.mask());
    return List.of(asking, found);
  }

  @Override
  public Value read(Value x, Reading reading) {
    List<Value> made = mapped(x);
    reading.remember(made.get(1), made.get(2));
    return concat(2, x, find(made.get(0), made.get(1), made.get(2), reading.mask()));
  }

  @Override
  public Value write(Value x, Writing writing) {
    Value sourceKeys = writing.remembered();
    Value sourceValues = writing.remembered();
    KeyValueCache cache = writing.cache(key.apply(x), value.apply(x));
    Value found =
        find(
            query.apply(x),
            concat(1, sourceKeys, cache.keys()), // [B, S + C, K]
            concat(1, sourceValues, cache.values()), // [B, S + C, width]
            writing.mask());
    return concat(2, x, found);
  }

  /** Queries, keys {@code [B, L, K]} and values {@code [B, L, width]}. */
  private List<Value> mapped(Value x) {
    return Linear.each(x, query, key, value);
  }

  private Value find(Value queries, Value keys, Value values, Value mask) {
    var how = new MultiHead.Attend(1, (float) (1 / Math.sqrt(keyWidth)), true, false);
    return Ops.dropout(attend(how, queries, keys, values, mask), dropout); // [B, L, width]
  }
}
