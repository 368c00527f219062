package seqmark.nn.layer;

import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.attentionWindow;
import static seqmark.compute.Ops.broadcast;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.range;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.zeros;

import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.Attention;

/**
 * The keys and values of what has been written so far: a fixed number of columns C, of which one
 * more is filled at every step of generation.
 *
 * @param keys {@code [B, C, D]}, zeros where nothing has been written
 * @param values {@code [B, C, Dv]}, likewise
 */
public record KeyValueCache(Value keys, Value values) {
  /**
   * Which column is written at this step.
   *
   * @param count {@code [B, 1]}: how many columns have been written before
   * @param capacity C
   */
  public record Cursor(Value count, int capacity) {
    /** The cursor of empty caches. */
    public static Cursor start(Graph g, int batch, int capacity) {
      return new Cursor(zeros(g, batch, 1), capacity);
    }

    /** {@code [B, C]}: 1 in the column that is written now. */
    public Value here() {
      return attentionWindow(count, ones(), 0);
    }

    /** {@code [B, C]}: 1 in the columns that are written once this step is over. */
    public Value written() {
      return attentionWindow(affine(count, 1, -capacity), ones(), capacity);
    }

    /** {@code [B, C]}: the number of each column. */
    public Value columns() {
      return broadcast(range(count.graph(), capacity), extents());
    }

    /** {@code [B, 1]}: how many columns have been written once this step is over. */
    public Value next() {
      return affine(count, 1, 1);
    }

    private Value ones() {
      return fill(count.graph(), 1, extents());
    }

    private Shape extents() {
      return Shape.of(count.shape().dim(0), capacity);
    }
  }

  /** A cache of keys of width D and values of width Dv without anything in it. */
  public static KeyValueCache empty(
      Graph g, int batch, int capacity, int keyWidth, int valueWidth) {
    return new KeyValueCache(
        zeros(g, batch, capacity, keyWidth), zeros(g, batch, capacity, valueWidth));
  }

  /**
   * This cache with one more column, from a key {@code [B, 1, D]} and a value {@code [B, 1, Dv]}.
   */
  public KeyValueCache write(Cursor cursor, Value key, Value value) {
    Value here = cursor.here(); // [B, C]
    return new KeyValueCache(write(here, key, keys), write(here, value, values));
  }

  private static Value write(Value here, Value column, Value cache) {
    Value row = reshape(column, column.shape().dim(0), column.shape().dim(2)); // [B, D]
    return Ops.apply(new Attention.AddOuter(), here, row, cache); // [B, C, D]
  }

  /** Keys and values, as a state carries them. */
  public List<Value> carry() {
    return List.of(keys, values);
  }
}
