package seqmark.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Split;

/**
 * What one scores who has learned nothing but what answers are made of: answers as long as the
 * right one, each symbol drawn uniformly from those that occur in the targets of training.
 */
final class Guesses {
  private static final CounterRandom RANDOM = CounterRandom.seeded(0).fork("guesses");

  /** Of which so many show what answers are made of. */
  private static final int SHOWN = 10_000;

  /** So many guesses leave a share with a standard error of 0.35 points or less. */
  private static final int ENOUGH = 20_000;

  private Guesses() {}

  /** Guesses for the test set, measured; several for each example where there are few. */
  static Scores of(Corpus corpus) {
    Part test = corpus.of(Split.TEST);
    int[] symbols = symbols(corpus.of(Split.TRAIN));
    List<Example> examples = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    int draws = Math.max(1, ENOUGH / test.size());
    for (int i = 0; i < test.size(); i++) {
      Example example = test.get(i);
      for (int draw = 0; draw < draws; draw++) {
        examples.add(example);
        answers.add(guess(example.target().length, symbols, RANDOM.fork(i).fork(draw)));
      }
    }
    return new Scores(corpus.task(), examples, answers);
  }

  private static int[] symbols(Part shown) {
    return Evaluator.spread(shown, SHOWN).stream()
        .flatMapToInt(example -> Arrays.stream(example.target()))
        .distinct()
        .sorted()
        .toArray();
  }

  private static Answer guess(int length, int[] symbols, CounterRandom random) {
    int[] tokens = new int[length];
    for (int i = 0; i < length; i++) {
      tokens[i] = symbols[random.below(symbols.length, i)];
    }
    return new Answer(tokens, length * StrictMath.log(symbols.length));
  }
}
