package seqmark.model.transformer;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.fill;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.State;
import seqmark.nn.layer.KeyValueCache;
import seqmark.nn.layer.KeyValueCache.Cursor;
import seqmark.nn.layer.MultiHeadAttention.Keys;

/**
 * One step of generation of a causal {@link Stack}. Carried are the number of tokens written and,
 * per layer, a {@link KeyValueCache}.
 */
final class Writing {
  private final Cursor cursor;
  private final Value offset;
  private final List<Value> carry;
  private final List<Value> next = new ArrayList<>();

  /**
   * A step.
   *
   * @param capacity how many tokens are written at most
   * @param offset the position {@code [B, 1]} of the first of them
   */
  Writing(State state, int capacity, Value offset) {
    this.carry = state.carry();
    this.cursor = new Cursor(carry.getFirst(), capacity);
    this.offset = offset;
    next.add(cursor.next());
  }

  /** The carry before the first step. */
  static List<Value> start(Graph g, int batch, int capacity, TransformerConfig config) {
    List<Value> carry = new ArrayList<>();
    carry.add(Cursor.start(g, batch, capacity).count());
    int width = config.allHeads();
    for (int i = 0; i < config.layers(); i++) {
      carry.addAll(KeyValueCache.empty(g, batch, capacity, width, width).carry());
    }
    return carry;
  }

  /** The position {@code [B, 1]} of the token of this step. */
  Value at() {
    return add(cursor.count(), offset);
  }

  /** {@code [B, 1]}: that token may be seen. */
  Value mask() {
    return fill(offset.graph(), 1, Shape.of(offset.shape().dim(0), 1));
  }

  /** All keys of a layer that have been written, after writing those of this step. */
  Keys write(int layer, Keys fresh) {
    KeyValueCache before = new KeyValueCache(carry.get(1 + 2 * layer), carry.get(2 + 2 * layer));
    KeyValueCache after = before.write(cursor, fresh.keys(), fresh.values());
    next.addAll(after.carry());
    return new Keys(after.keys(), after.values(), cursor.written(), add(cursor.columns(), offset));
  }

  /** The carry after this step, once every layer has written. */
  Value[] carry() {
    return next.toArray(Value[]::new);
  }
}
