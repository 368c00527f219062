package seqmark.tasks.recall;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Parts;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.Exact;
import seqmark.tasks.metric.TokenAccuracy;

/**
 * Uniformly random sequences and a function of them. A sequence is in one part only, by its hash: a
 * tenth of all are for validation, a tenth for testing. Lengths with fewer than 256 different
 * sequences are too small to be divided, and all parts share them.
 */
final class SequenceTask implements Task {
  private static final Parts PARTS = new Parts(0.1, 0.1);
  private static final int DIVIDED_FROM = 256;
  private static final int LETTERS = 26;

  private final SequenceConfig config;
  private final CounterRandom random;
  private final UnaryOperator<int[]> answer;
  private final Vocabulary symbols;

  /**
   * The task.
   *
   * @param answer the target of a source
   */
  SequenceTask(SequenceConfig config, long seed, UnaryOperator<int[]> answer) {
    this.config = config;
    this.random = CounterRandom.seeded(seed);
    this.answer = answer;
    this.symbols = symbols(config.alphabet());
  }

  /** The letters from a to z, or numbers where these are too few. */
  private static Vocabulary symbols(int count) {
    IntStream range = IntStream.range(0, count);
    return count <= LETTERS
        ? new Vocabulary(range.mapToObj(i -> Character.toString('a' + i)).toList(), "")
        : new Vocabulary(range.mapToObj(Integer::toString).toList(), " ");
  }

  @Override
  public Vocabulary source() {
    return symbols;
  }

  @Override
  public Vocabulary target() {
    return symbols;
  }

  @Override
  public int size(Split split) {
    return switch (split) {
      case TRAIN -> config.train();
      case VALIDATION -> config.validation();
      case TEST -> config.test();
    };
  }

  @Override
  public Example example(Split split, int index) {
    CounterRandom draw = random.fork(split.name()).fork(index);
    boolean longer = split == Split.TEST && !config.testLength().isEmpty();
    List<Integer> range = longer ? config.testLength() : config.length();
    int length = range.getFirst() + draw.below(range.getLast() - range.getFirst() + 1, 0);
    for (int attempt = 0; ; attempt++) {
      int[] source = sequence(draw.fork(attempt), length);
      if (isShared(length) || PARTS.of(source) == split) {
        return Example.of(source, answer.apply(source));
      }
    }
  }

  private int[] sequence(CounterRandom random, int length) {
    int[] sequence = new int[length];
    for (int i = 0; i < length; i++) {
      sequence[i] = Tokens.FIRST + random.below(config.alphabet(), i);
    }
    return sequence;
  }

  private boolean isShared(int length) {
    return Math.pow(config.alphabet(), length) < DIVIDED_FROM;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Exact.accuracy("exact"), new TokenAccuracy("token accuracy"));
  }
}
