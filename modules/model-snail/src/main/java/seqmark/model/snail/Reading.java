package seqmark.model.snail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Value;
import seqmark.nn.State;
import seqmark.nn.layer.KeyValueCache;
import seqmark.nn.layer.KeyValueCache.Cursor;
import seqmark.nn.layer.Window;

/**
 * Notes, while a source is read, what {@link Writing} needs. The memory is the source's mask {@code
 * [B, S]}, then keys and values of each attention block. The carry is the number of tokens written
 * {@code [B, 1]}, the cache of each attention block and, if there are convolutions, the past of the
 * vectors on top: those below are their beginnings.
 */
final class Reading {
  private final Value mask;
  private final Cursor cursor;
  private final List<Value> memory = new ArrayList<>();
  private final List<Value> carry = new ArrayList<>();

  /**
   * A source with this mask.
   *
   * @param capacity how many tokens will be written at most
   */
  Reading(Value mask, int capacity) {
    this.mask = mask;
    this.cursor = Cursor.start(mask.graph(), mask.shape().dim(0), capacity);
    memory.add(mask);
    carry.add(cursor.count());
  }

  /** {@code [B, S]}. */
  Value mask() {
    return mask;
  }

  /** Notes keys and values of the next attention block, with room for those to come. */
  void remember(Value keys, Value values) {
    memory.addAll(List.of(keys, values));
    KeyValueCache empty =
        KeyValueCache.empty(
            mask.graph(),
            mask.shape().dim(0),
            cursor.capacity(),
            keys.shape().dim(2),
            values.shape().dim(2));
    carry.addAll(empty.carry());
  }

  /** All that has been noted, once vectors {@code top [B, S, D]} are there. */
  State state(Value top, Optional<Window> longest) {
    longest.ifPresent(window -> carry.add(window.past(top)));
    return new State(memory, carry);
  }
}
