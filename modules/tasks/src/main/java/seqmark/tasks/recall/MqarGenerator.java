package seqmark.tasks.recall;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Vocabulary;

/** Makes the sequences of {@link Mqar}. */
final class MqarGenerator implements Drawing.Generator {
  private final Mqar.Config config;
  private final int half;
  private final int[] numbers;
  private final int blank;

  /** By gap, the sum of the density up to and including it. */
  private final double[] cumulative;

  MqarGenerator(Mqar.Config config) {
    this.config = config;
    this.half = config.vocabulary() / 2;
    this.numbers = IntStream.range(0, half).toArray();
    this.blank = Tokens.FIRST + config.vocabulary();
    this.cumulative = new double[config.length() / 2 - config.pairs()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += config.power() * StrictMath.pow(i + 1, config.power() - 1);
      cumulative[i] = sum;
    }
  }

  /** How many different ones there are; more than that if fillers are random. */
  double sequences() {
    double count = 1;
    for (int i = 0; i < config.pairs(); i++) {
      count *= (double) (half - i) * (half - i) * (cumulative.length - i);
    }
    return count;
  }

  /** Keys, values and the blank. */
  static Vocabulary symbols(int vocabulary) {
    int half = vocabulary / 2;
    return new Vocabulary(
        Stream.of(numbered("k", half), numbered("v", half), Stream.of("."))
            .flatMap(s -> s)
            .toList(),
        " ");
  }

  private static Stream<String> numbered(String letter, int count) {
    return IntStream.range(0, count).mapToObj(i -> letter + i);
  }

  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    int pairs = config.pairs();
    int[] keys = distinct(free.fork("keys"), pairs);
    int[] values = distinct(free.fork("values"), pairs);
    int[] gaps = gaps(free.fork("gaps"));
    int[] source = filled(free.fork("filler"));
    int[] answers = new int[config.length()];
    for (int i = 0; i < pairs; i++) {
      source[2 * i] = Tokens.FIRST + keys[i];
      source[2 * i + 1] = Tokens.FIRST + half + values[i];
      int place = 2 * pairs + 2 * gaps[i];
      source[place] = source[2 * i];
      answers[place] = source[2 * i + 1];
    }
    int[] asked = IntStream.range(0, answers.length).filter(i -> answers[i] != 0).toArray();
    return Example.asking(source, IntStream.of(asked).map(i -> answers[i]).toArray(), asked);
  }

  private int[] filled(CounterRandom draw) {
    int[] source = new int[config.length()];
    if (config.filler() == Mqar.Filler.BLANK) {
      Arrays.fill(source, blank);
    } else {
      Arrays.setAll(source, i -> Tokens.FIRST + draw.below(config.vocabulary(), i));
    }
    return source;
  }

  /** Different numbers below half the vocabulary, each set equally likely: a shuffle's start. */
  private int[] distinct(CounterRandom draw, int count) {
    int[] all = numbers.clone();
    for (int i = 0; i < count; i++) {
      int j = i + draw.below(half - i, i);
      int chosen = all[j];
      all[j] = all[i];
      all[i] = chosen;
    }
    return Arrays.copyOf(all, count);
  }

  /** A different gap for every pair, drawn by the density without those taken already. */
  private int[] gaps(CounterRandom draw) {
    int[] gaps = new int[config.pairs()];
    boolean[] taken = new boolean[cumulative.length];
    long draws = 0;
    for (int i = 0; i < gaps.length; i++) {
      do {
        gaps[i] = gap(draw.uniform(draws++) * cumulative[cumulative.length - 1]);
      } while (taken[gaps[i]]);
      taken[gaps[i]] = true;
    }
    return gaps;
  }

  private int gap(double height) {
    int found = Arrays.binarySearch(cumulative, height);
    return found < 0 ? -1 - found : found + 1;
  }
}
