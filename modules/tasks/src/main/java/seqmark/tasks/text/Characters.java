package seqmark.tasks.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import seqmark.tasks.file.MappedFile;

/**
 * The characters of a file in UTF-8, by number. One pass checks them and counts them block by
 * block; from then on any of them is found by reading one block.
 */
final class Characters {
  /** Large enough for an index of 2 MB a gigabyte, small enough to be read in microseconds. */
  private static final int BLOCK = 1 << 12;

  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int BYTE_ORDER_MARK_BYTES = 3;

  /** How long a character is at most. */
  private static final int MOST_BYTES = 4;

  /** Is shown every character. */
  interface Visitor {
    /**
     * Sees a character.
     *
     * @param position of its first byte
     */
    void see(int codePoint, long position);
  }

  private final MappedFile file;
  private final MemorySegment bytes;

  /** The first byte of text: after the byte order mark, if there is one. */
  private final long origin;

  /** By block, how many characters begin before it; at the end, how many there are. */
  private final long[] before;

  /**
   * Reads all of the file.
   *
   * @throws IllegalArgumentException for what is no UTF-8, with the place
   */
  Characters(MappedFile file, Visitor visitor) {
    this.file = file;
    this.bytes = file.bytes();
    this.origin = beginsWithByteOrderMark() ? BYTE_ORDER_MARK_BYTES : 0;
    int blocks = Math.toIntExact(Math.ceilDiv(bytes.byteSize(), BLOCK));
    this.before = new long[blocks + 1];
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(2 * BLOCK);
    long from = origin;
    for (int block = 0; block < blocks; block++) {
      long to = begin(start(block + 1));
      decode(decoder, from, to, text.clear());
      before[block + 1] = before[block] + show(text.flip(), from, visitor);
      from = to;
    }
  }

  private boolean beginsWithByteOrderMark() {
    return bytes.byteSize() >= BYTE_ORDER_MARK_BYTES
        && string(0, BYTE_ORDER_MARK_BYTES).codePointAt(0) == BYTE_ORDER_MARK;
  }

  private long start(int block) {
    return Math.clamp((long) block * BLOCK, origin, bytes.byteSize());
  }

  private void decode(CharsetDecoder decoder, long from, long to, CharBuffer text) {
    ByteBuffer in = ByteBuffer.wrap(array(from, to));
    if (decoder.reset().decode(in, text, true).isError()) {
      throw file.error(": broken UTF-8 at byte " + (from + in.position() + 1));
    }
  }

  private static int show(CharBuffer text, long position, Visitor visitor) {
    char[] chars = text.array();
    int count = 0;
    for (int i = 0; i < text.limit(); count++) {
      int codePoint = Character.codePointAt(chars, i, text.limit());
      visitor.see(codePoint, position);
      position += length(codePoint);
      i += Character.charCount(codePoint);
    }
    return count;
  }

  /** How many bytes a character has in UTF-8. */
  private static int length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** How many there are. */
  long count() {
    return before[before.length - 1];
  }

  /** How many begin before a byte of the file. */
  long before(long position) {
    int block = Math.toIntExact(position / BLOCK);
    long count = before[block];
    for (long at = start(block); at < position; at++) {
      count += begins(at) ? 1 : 0;
    }
    return count;
  }

  /** The code points of some characters. */
  int[] get(long first, int count) {
    int found = Arrays.binarySearch(before, first);
    int block = found < 0 ? -2 - found : found;
    long from = skip(begin(start(block)), first - before[block]);
    return string(from, skip(from, count)).codePoints().toArray();
  }

  /** The first byte of the character that is so many after the one that begins here. */
  private long skip(long at, long characters) {
    for (long i = 0; i < characters; i++) {
      at = begin(at + 1);
    }
    return at;
  }

  /** The first byte of a character here or after; broken UTF-8 may have none so near. */
  private long begin(long at) {
    long last = Math.min(at + MOST_BYTES - 1, bytes.byteSize());
    while (at < last && !begins(at)) {
      at++;
    }
    return at;
  }

  private boolean begins(long at) {
    return (bytes.get(ValueLayout.JAVA_BYTE, at) & 0xC0) != 0x80;
  }

  private String string(long from, long to) {
    return new String(array(from, to), StandardCharsets.UTF_8);
  }

  private byte[] array(long from, long to) {
    return bytes.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
  }
}
