package seqmark.model.snail;

import static seqmark.compute.Ops.concat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import seqmark.compute.Value;
import seqmark.nn.State;
import seqmark.nn.layer.KeyValueCache;
import seqmark.nn.layer.KeyValueCache.Cursor;

/**
 * One step of generation: hands every {@link Block} what it has noted in a state, in the order of
 * {@link Reading}, and takes what it notes for the next step.
 */
final class Writing {
  private final State state;
  private final Iterator<Value> memory;
  private final Iterator<Value> carry;
  private final Value sourceMask;
  private final Cursor cursor;
  private final List<Value> next = new ArrayList<>();

  /**
   * The step behind a state.
   *
   * @param capacity how many tokens are written at most
   */
  Writing(State state, int capacity) {
    this.state = state;
    memory = state.memory().iterator();
    carry = state.carry().iterator();
    sourceMask = memory.next();
    cursor = new Cursor(carry.next(), capacity);
    next.add(cursor.next());
  }

  /** Which positions may be seen, of the source and of the cache behind it: {@code [B, S + C]}. */
  Value mask() {
    return concat(1, sourceMask, cursor.written());
  }

  /** The next of what stays as it is. */
  Value remembered() {
    return memory.next();
  }

  /** The next of what every step replaces. */
  Value carried() {
    return carry.next();
  }

  /** Notes a replacement. */
  void carry(Value value) {
    next.add(value);
  }

  /** The next cache, with a key and a value of this step written into it. */
  KeyValueCache cache(Value key, Value value) {
    KeyValueCache cache = new KeyValueCache(carried(), carried()).write(cursor, key, value);
    next.addAll(cache.carry());
    return cache;
  }

  /** The state behind this step, once all blocks have written. */
  State next() {
    return state.with(next.toArray(Value[]::new));
  }
}
