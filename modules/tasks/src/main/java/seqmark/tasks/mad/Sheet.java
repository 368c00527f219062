package seqmark.tasks.mad;

import java.util.Arrays;
import seqmark.tasks.Example;

/** A source and its questions while they are written. */
final class Sheet {
  private final int[] source;
  private final int[] asked;
  private final int[] answers;
  private int length;
  private int questions;

  /** A sheet for so many symbols at most. */
  Sheet(int capacity) {
    this.source = new int[capacity];
    this.asked = new int[capacity];
    this.answers = new int[capacity];
  }

  /** How many symbols it has. */
  int length() {
    return length;
  }

  /** Appends a symbol. */
  void write(int symbol) {
    source[length++] = symbol;
  }

  /** Asks for an answer at the last symbol. */
  void ask(int answer) {
    asked[questions] = length - 1;
    answers[questions++] = answer;
  }

  /** The example, with padding before it up to a length. */
  Example example(int total, int padding) {
    int before = total - length;
    int[] padded = new int[total];
    Arrays.fill(padded, 0, before, padding);
    System.arraycopy(source, 0, padded, before, length);
    int[] positions = new int[questions];
    for (int i = 0; i < questions; i++) {
      positions[i] = before + asked[i];
    }
    return Example.asking(padded, Arrays.copyOf(answers, questions), positions);
  }

  /** The example as it is. */
  Example example() {
    return example(length, 0);
  }
}
