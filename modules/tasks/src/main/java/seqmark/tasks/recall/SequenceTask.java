package seqmark.tasks.recall;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Sizes;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.Exact;
import seqmark.tasks.metric.TokenAccuracy;

/**
 * Uniformly random sequences and a function of them. Lengths with fewer than {@link
 * Drawing#DIVIDED_FROM} different sequences are shared by all parts.
 */
final class SequenceTask implements Task {
  private static final int LETTERS = 26;

  private final SequenceConfig config;
  private final Drawing drawing;
  private final UnaryOperator<int[]> answer;
  private final Vocabulary symbols;

  /**
   * The task.
   *
   * @param answer the target of a source
   */
  SequenceTask(SequenceConfig config, long seed, UnaryOperator<int[]> answer) {
    this.config = config;
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    this.drawing = new Drawing(sizes, CounterRandom.seeded(seed), this::isShared, this::draw);
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
    return drawing.size(split);
  }

  @Override
  public Example example(Split split, int index) {
    return drawing.example(split, index);
  }

  private Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    boolean longer = split == Split.TEST && !config.testLength().isEmpty();
    List<Integer> range = longer ? config.testLength() : config.length();
    int length = range.getFirst() + fixed.below(range.getLast() - range.getFirst() + 1, 0);
    int[] source = sequence(free, length);
    return Example.of(source, answer.apply(source));
  }

  private int[] sequence(CounterRandom random, int length) {
    int[] sequence = new int[length];
    for (int i = 0; i < length; i++) {
      sequence[i] = Tokens.FIRST + random.below(config.alphabet(), i);
    }
    return sequence;
  }

  private boolean isShared(int[] source) {
    return Math.pow(config.alphabet(), source.length) < Drawing.DIVIDED_FROM;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Exact.accuracy("exact"), new TokenAccuracy("token accuracy"));
  }
}
