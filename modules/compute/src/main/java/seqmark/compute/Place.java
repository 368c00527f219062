package seqmark.compute;

/**
 * Where a value lies in the arena, in floats: at step {@code t} of its loop it starts at {@link
 * #at}.
 *
 * @param base start of slot 0
 * @param stride distance of slots; 0 when all steps share one place
 * @param offset added to the step: a carry is written one slot after it is read
 * @param mask all ones for a stack over time, 1 for a ring of two slots
 */
public record Place(int base, int stride, int offset, int mask) {
  /** One place for all steps. */
  public static Place fixed(int base) {
    return new Place(base, 0, 0, 0);
  }

  /** A slot per step. */
  public static Place stacked(int base, int stride) {
    return new Place(base, stride, 0, -1);
  }

  /** The start at step {@code t}. */
  public int at(int t) {
    return base + ((t + offset) & mask) * stride;
  }

  /** This place, some floats further. */
  public Place plus(int floats) {
    return new Place(base + floats, stride, offset, mask);
  }
}
