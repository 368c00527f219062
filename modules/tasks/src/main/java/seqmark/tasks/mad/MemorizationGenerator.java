package seqmark.tasks.mad;

import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Split;

/**
 * Makes the sequences of {@link Memorization}.
 *
 * @param keys how many there are; the values come after them
 * @param dictionary the values in random order: a key has that in its own place, and the last value
 *     may have none
 * @param questions how many keys a sequence has
 */
record MemorizationGenerator(int keys, int[] dictionary, int questions)
    implements Drawing.Generator {
  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    int ask = Tokens.FIRST + keys + dictionary.length;
    int[] source = new int[2 * questions];
    int[] target = new int[questions];
    int[] asked = new int[questions];
    for (int i = 0; i < questions; i++) {
      int key = free.below(keys, i);
      source[2 * i] = Tokens.FIRST + key;
      source[2 * i + 1] = ask;
      target[i] = Tokens.FIRST + keys + dictionary[key];
      asked[i] = 2 * i + 1;
    }
    return Example.asking(source, target, asked);
  }
}
