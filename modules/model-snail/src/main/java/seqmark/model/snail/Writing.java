package seqmark.model.snail;

import static seqmark.compute.Ops.concat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Value;
import seqmark.nn.State;
import seqmark.nn.layer.KeyValueCache;
import seqmark.nn.layer.KeyValueCache.Cursor;
import seqmark.nn.layer.Window;

/**
 * One step of generation: hands the blocks what {@link Reading} has noted, in the order of blocks,
 * and takes what they add to it.
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

  /** The vectors before this position {@code [B, H, D]}, as they were on top of all blocks. */
  Value past() {
    return state.carry().getLast();
  }

  /** The next attention block's keys, or after these its values, of the source. */
  Value remembered() {
    return memory.next();
  }

  /** The next attention block's cache, with a key and a value of this position written into it. */
  KeyValueCache cache(Value key, Value value) {
    KeyValueCache cache = new KeyValueCache(carry.next(), carry.next()).write(cursor, key, value);
    next.addAll(cache.carry());
    return cache;
  }

  /** The state behind this step, once vectors {@code top [B, 1, D]} are there. */
  State next(Value top, Optional<Window> longest) {
    longest.ifPresent(window -> next.add(window.past(concat(1, past(), top))));
    return state.with(next.toArray(Value[]::new));
  }
}
