package seqmark.tasks.tsv;

import java.util.Arrays;

/** Sequences of ids, one after the other in one array. */
final class Sequences {
  private int[] ids = new int[1 << 10];
  private int[] ends = new int[1 << 6];
  private int size;

  int size() {
    return size;
  }

  int[] get(int index) {
    return Arrays.copyOfRange(ids, start(index), ends[index]);
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  void add(int[] sequence) {
    int start = start(size);
    int end = Math.addExact(start, sequence.length);
    if (end > ids.length) {
      ids = Arrays.copyOf(ids, grown(end));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, grown(size + 1));
    }
    System.arraycopy(sequence, 0, ids, start, sequence.length);
    ends[size++] = end;
  }

  private static int grown(int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 8, needed + (long) needed / 2);
  }

  /** Puts {@code values[id]} in the place of every id. */
  void replace(int[] values) {
    for (int i = 0; i < start(size); i++) {
      ids[i] = values[ids[i]];
    }
  }
}
