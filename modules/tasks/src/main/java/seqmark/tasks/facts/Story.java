package seqmark.tasks.facts;

import java.util.Arrays;

/** A story while it is told, and the answer to its question. */
final class Story {
  private final Words words;
  private int[] text = new int[128];
  private int length;
  private int[] answer = {};

  Story(Words words) {
    this.words = words;
  }

  Words words() {
    return words;
  }

  /** Begins anew. */
  void clear() {
    length = 0;
  }

  /** Adds a sentence with these ids in place of its numbers 1, 2 and 3. */
  void say(Sentence sentence, int first, int second, int third) {
    int[] template = words.template(sentence);
    if (length + template.length > text.length) {
      text = Arrays.copyOf(text, 2 * text.length);
    }
    for (int part : template) {
      text[length++] =
          switch (part) {
            case -1 -> first;
            case -2 -> second;
            case -3 -> third;
            default -> part;
          };
    }
  }

  /** Adds a sentence with two numbers. */
  void say(Sentence sentence, int first, int second) {
    say(sentence, first, second, 0);
  }

  /** Adds a sentence with one number. */
  void say(Sentence sentence, int first) {
    say(sentence, first, 0, 0);
  }

  void answer(int... ids) {
    answer = ids;
  }

  int[] text() {
    return Arrays.copyOf(text, length);
  }

  int[] answer() {
    return answer;
  }
}
