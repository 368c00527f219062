package seqmark.tasks.tsv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ascending places in a file, in about two bytes each: in chunks, where every place is written as
 * its distance from the one before, seven bits a byte, the last byte with its sign bit set.
 */
final class Offsets {
  private static final int CHUNK = 256;
  private static final int BITS = 7;
  private static final int LOW = (1 << BITS) - 1;
  private static final int MOST_BYTES = 10;

  private final List<byte[]> chunks = new ArrayList<>();
  private byte[] open = {};
  private int used;
  private long previous;
  private int size;

  int size() {
    return size;
  }

  void add(long offset) {
    if (size % CHUNK == 0) {
      begin();
    }
    long rest = offset - previous;
    for (; rest > LOW; rest >>>= BITS) {
      open[used++] = (byte) (rest & LOW);
    }
    open[used++] = (byte) (rest | 1 << BITS);
    previous = offset;
    size = Math.incrementExact(size);
  }

  /** A chunk is made as large as it may become, and cut when the next one begins. */
  private void begin() {
    if (size > 0) {
      chunks.set(chunks.size() - 1, Arrays.copyOf(open, used));
    }
    open = new byte[CHUNK * MOST_BYTES];
    chunks.add(open);
    used = 0;
    previous = 0;
  }

  long get(int index) {
    byte[] chunk = chunks.get(index / CHUNK);
    long offset = 0;
    int at = 0;
    for (int i = 0; i <= index % CHUNK; i++) {
      for (int shift = 0; ; shift += BITS) {
        byte b = chunk[at++];
        offset += (long) (b & LOW) << shift;
        if (b < 0) {
          break;
        }
      }
    }
    return offset;
  }
}
