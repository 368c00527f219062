package seqmark.tasks.mad;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Split;

/** Makes the sequences of {@link FuzzyRecall}. */
final class FuzzyGenerator implements Drawing.Generator {
  private final FuzzyRecall.Config config;
  private final RecallSymbols symbols;

  /** What stands in place of values that are asked for; 0 for the values themselves. */
  private final int hidden;

  FuzzyGenerator(FuzzyRecall.Config config, RecallSymbols symbols) {
    this.config = config;
    this.symbols = symbols;
    this.hidden = config.questions() == Questions.SHOWN ? 0 : symbols.blank();
  }

  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    Draws draws = new Draws(free);
    int[] key = key(split, draws);
    int[] value = value(draws);
    int longest = config.keyMotif() + config.valueMotif();
    int end = config.length() - key.length - value.length - longest;
    int place = draws.below(end - longest + 1);
    Sheet sheet = new Sheet(config.length());
    Map<IntBuffer, int[]> known = new HashMap<>();
    IntBuffer last = IntBuffer.wrap(key);
    while (sheet.length() < end) {
      boolean due = sheet.length() >= place && !known.containsKey(last);
      int[] next = due ? key : key(split, draws);
      int[] before = known.get(IntBuffer.wrap(next));
      if (before == null) {
        int[] first = Arrays.equals(next, key) ? value : value(draws);
        known.put(IntBuffer.wrap(next), first);
        write(sheet, next);
        write(sheet, first);
      } else {
        repeat(sheet, next, before);
      }
    }
    if (config.questions() == Questions.LAST) {
      sheet.write(symbols.announcement());
    }
    ask(sheet, key, value);
    return sheet.example(config.length(), symbols.padding());
  }

  private int[] key(Split split, Draws draws) {
    int longest = config.keyMotif();
    int length = split == Split.TRAIN ? 1 + draws.below(longest) : longest;
    int[] key = draws.distinct(length, symbols.keys());
    Arrays.setAll(key, i -> symbols.key(key[i]));
    return key;
  }

  private int[] value(Draws draws) {
    int[] value = draws.distinct(1 + draws.below(config.valueMotif()), symbols.values());
    Arrays.setAll(value, i -> symbols.value(value[i]));
    return value;
  }

  private static void write(Sheet sheet, int[] motif) {
    for (int symbol : motif) {
      sheet.write(symbol);
    }
  }

  /** Asks for the value of a key that was there before, or shows it again. */
  private void repeat(Sheet sheet, int[] key, int[] value) {
    if (config.questions() == Questions.LAST) {
      write(sheet, key);
      write(sheet, value);
    } else {
      ask(sheet, key, value);
      sheet.write(shown(value[value.length - 1]));
    }
  }

  /** Asks for every symbol of a value; the last one is not written. */
  private void ask(Sheet sheet, int[] key, int[] value) {
    write(sheet, key);
    sheet.ask(value[0]);
    for (int i = 1; i < value.length; i++) {
      sheet.write(shown(value[i - 1]));
      sheet.ask(value[i]);
    }
  }

  private int shown(int symbol) {
    return hidden == 0 ? symbol : hidden;
  }
}
