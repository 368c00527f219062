package seqmark.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Split;

/**
 * What one scores who has learned nothing but what answers are made of: answers as long as the
 * right one, of symbols drawn uniformly from those that answers have, or of one symbol alone,
 * whichever does best on training examples.
 */
final class Guesses {
  private static final CounterRandom RANDOM = CounterRandom.seeded(0).fork("guesses");

  /** So many training examples show what answers are made of. */
  private static final int SHOWN = 10_000;

  /** So many training examples decide which way of guessing is best. */
  private static final int TRIED = 1_000;

  /** So many of the most frequent symbols are tried alone. */
  private static final int ALONE = 64;

  /** So many guesses leave a share with a standard error of 0.35 points or less. */
  private static final int ENOUGH = 20_000;

  /** A way of guessing. */
  private interface Guesser {
    Answer guess(int[] target, CounterRandom random);
  }

  private final Corpus corpus;

  /** How often each symbol occurs in the targets that are shown. */
  private final Map<Integer, Integer> counts = new TreeMap<>();

  private final double total;

  private Guesses(Corpus corpus) {
    this.corpus = corpus;
    for (Example example : Evaluator.spread(corpus.of(Split.TRAIN), SHOWN)) {
      for (int symbol : example.target()) {
        counts.merge(symbol, 1, Integer::sum);
      }
    }
    this.total = counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The best guesses for the test set, measured; several for each example where there are few. */
  static Scores of(Corpus corpus) {
    Guesser best = new Guesses(corpus).best();
    Part test = corpus.of(Split.TEST);
    List<Example> examples = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    int draws = Math.max(1, ENOUGH / test.size());
    for (int i = 0; i < test.size(); i++) {
      Example example = test.get(i);
      for (int draw = 0; draw < draws; draw++) {
        examples.add(example);
        answers.add(best.guess(example.target(), RANDOM.fork(i).fork(draw)));
      }
    }
    return new Scores(corpus.task(), examples, answers);
  }

  private Guesser best() {
    Metric metric = corpus.task().metrics().getFirst();
    List<Example> tried = Evaluator.spread(corpus.of(Split.TRAIN), TRIED);
    Comparator<Guesser> byScore = Comparator.comparingDouble(g -> score(g, metric, tried));
    Stream<Guesser> alone =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .limit(ALONE)
            .map(entry -> alone(entry.getKey()));
    // Uniform guessing comes first and so wins where nothing is better.
    return Stream.concat(Stream.of(uniform()), alone)
        .min(metric.higherIsBetter() ? byScore.reversed() : byScore)
        .orElseThrow();
  }

  private static double score(Guesser guesser, Metric metric, List<Example> tried) {
    double[] sums = new double[metric.terms()];
    for (int i = 0; i < tried.size(); i++) {
      Example example = tried.get(i);
      metric.count(example, guesser.guess(example.target(), RANDOM.fork("tried").fork(i)), sums);
    }
    return metric.value(sums);
  }

  private Guesser uniform() {
    int[] symbols = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
    return (target, random) -> {
      int[] tokens = new int[target.length];
      Arrays.setAll(tokens, i -> symbols[random.below(symbols.length, i)]);
      return new Answer(tokens, tokens.length * StrictMath.log(symbols.length));
    };
  }

  /** Always the same symbol, which yet thinks all as likely as they are frequent. */
  private Guesser alone(int symbol) {
    return (target, random) -> {
      int[] tokens = new int[target.length];
      Arrays.fill(tokens, symbol);
      return new Answer(tokens, Arrays.stream(target).mapToDouble(this::nats).sum());
    };
  }

  /** A symbol that was not shown is as likely as one that was shown once. */
  private double nats(int symbol) {
    return -StrictMath.log(counts.getOrDefault(symbol, 1) / total);
  }
}
