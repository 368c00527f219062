package seqmark.model.snail;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Value;
import seqmark.nn.State;
import seqmark.nn.layer.KeyValueCache;
import seqmark.nn.layer.KeyValueCache.Cursor;

/**
 * Notes, while a source is read, what each {@link Block} needs for {@link Writing}. A state's
 * memory begins with the source's mask {@code [B, S]} and its carry with the number of tokens
 * written {@code [B, 1]}; then come the notes of the blocks, from the bottom up.
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

  /** Notes what stays as it is. */
  void remember(Value... values) {
    memory.addAll(List.of(values));
  }

  /** Notes what every step replaces. */
  void carry(Value value) {
    carry.add(value);
  }

  /** Notes a place for the keys and values of what will be written. */
  void cache(int keyWidth, int valueWidth) {
    int batch = mask.shape().dim(0);
    carry.addAll(
        KeyValueCache.empty(mask.graph(), batch, cursor.capacity(), keyWidth, valueWidth).carry());
  }

  /** All that has been noted. */
  State state() {
    return new State(memory, carry);
  }
}
