package seqmark.tasks.mad;

import seqmark.compute.CounterRandom;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Split;

/**
 * Makes the sequences of {@link InContextRecall} and {@link NoisyRecall}: pairs of a key and its
 * value, which an example draws when a key first comes, some of them replaced by noise.
 */
final class RecallGenerator implements Drawing.Generator {
  private final RecallSymbols symbols;
  private final Questions questions;
  private final int pairs;
  private final double noise;

  /** What stands in place of values that are asked for; 0 for the values themselves. */
  private final int hidden;

  /**
   * The generator.
   *
   * @param pairs with the last question
   * @param noise the share of pairs that are noise
   */
  RecallGenerator(RecallSymbols symbols, Questions questions, int pairs, double noise) {
    this.symbols = symbols;
    this.questions = questions;
    this.pairs = pairs;
    this.noise = noise;
    this.hidden = questions == Questions.HIDDEN ? symbols.blank() : 0;
  }

  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    Draws draws = new Draws(free);
    Sheet sheet = new Sheet(2 * pairs);
    int[] valueOf = new int[symbols.keys()];
    int[] known = new int[symbols.keys()];
    int count = 0;
    int certain = draws.below(pairs - 1);
    for (int i = 0; i < pairs - 1; i++) {
      if (draws.chance(noise) && i != certain) {
        sheet.write(symbols.noise(draws.below(symbols.noise())));
        sheet.write(symbols.noise(draws.below(symbols.noise())));
        continue;
      }
      int key = draws.below(symbols.keys());
      sheet.write(symbols.key(key));
      if (valueOf[key] == 0) {
        known[count++] = key;
        valueOf[key] = symbols.value(draws.below(symbols.values()));
        sheet.write(valueOf[key]);
      } else {
        repeat(sheet, valueOf[key]);
      }
    }
    int last = known[draws.below(count)];
    if (questions == Questions.LAST) {
      sheet.write(symbols.announcement());
    }
    sheet.write(symbols.key(last));
    sheet.ask(valueOf[last]);
    return sheet.example();
  }

  /** Asks for the value of a key that was there before, or shows it again. */
  private void repeat(Sheet sheet, int value) {
    if (questions == Questions.LAST) {
      sheet.write(value);
    } else {
      sheet.ask(value);
      sheet.write(hidden == 0 ? value : hidden);
    }
  }
}
