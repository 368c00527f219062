package seqmark.tasks.longrange;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Drawing;
import seqmark.tasks.DrawnTask;
import seqmark.tasks.Example;
import seqmark.tasks.Sizes;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.Exact;

/** The expressions of {@link ListOps}. */
final class ListOpsGenerator implements Drawing.Generator {
  /** Whoever has drawn so many trees without one of a wanted length would draw for hours. */
  private static final int MOST_TREES = 10_000;

  /** As many symbols are written in a second or less: fewer trees do where they are large. */
  private static final long MOST_SYMBOLS = 20_000_000;

  private static final Vocabulary DIGITS =
      new Vocabulary(
          IntStream.range(0, Expression.DIGITS).mapToObj(Integer::toString).toList(), "");

  private static final Vocabulary SYMBOLS =
      new Vocabulary(
          Stream.of(
                  IntStream.range(0, Expression.DIGITS).mapToObj(Integer::toString),
                  Stream.of(Expression.Operator.values()).map(operator -> "[" + operator),
                  Stream.of("]"))
              .flatMap(symbols -> symbols)
              .toList(),
          " ");

  private final ListOps.Config config;

  ListOpsGenerator(ListOps.Config config) {
    this.config = config;
  }

  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    Expression expression = new Expression(config);
    for (int tree = 0; !expression.draw(free.fork(tree)); tree++) {}
    int[] source = expression.symbols();
    int[] answer = {Tokens.FIRST + expression.value()};
    return Example.asking(source, answer, new int[] {source.length - 1});
  }

  /** Tells of lengths that are too rare before anything is made of them. */
  private void checkLengths(CounterRandom random) {
    Expression expression = new Expression(config);
    int trees = 0;
    long symbols = 0;
    while (!expression.draw(random.fork(trees))) {
      trees++;
      symbols += expression.length();
      if (trees == MOST_TREES || symbols > MOST_SYMBOLS) {
        throw new IllegalArgumentException(
            "length is %s, expected lengths that occur: of %d random trees with depth %d, %d arguments and"
                    .formatted(config.length(), trees, config.depth(), config.arguments())
                + " a share of operators of "
                + config.operators()
                + " none has one");
      }
    }
  }

  /** The task of these examples. */
  Task task(long seed) {
    CounterRandom random = CounterRandom.seeded(seed);
    checkLengths(random);
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    Drawing drawing = new Drawing(sizes, random, this);
    return new DrawnTask(
        SYMBOLS, DIGITS, drawing, Difficulty.SOURCE_LENGTH, List.of(Exact.accuracy("accuracy")));
  }
}
