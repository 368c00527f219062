package seqmark.tasks.incontext;

import java.util.ArrayList;
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
import seqmark.tasks.metric.ValidAccuracy;

/** The languages of {@link IclDfa} and their strings. */
final class IclDfaGenerator implements Drawing.Generator {
  private final IclDfa.Config config;
  private final Vocabulary source;
  private final Vocabulary target;
  private final int separator;

  IclDfaGenerator(IclDfa.Config config) {
    this.config = config;
    int letters = config.alphabet().getLast();
    this.target = new Vocabulary(letters(letters).toList(), "");
    this.source = new Vocabulary(Stream.concat(letters(letters), Stream.of("|")).toList(), "");
    this.separator = Tokens.FIRST + letters;
  }

  private static Stream<String> letters(int count) {
    return IntStream.range(0, count).mapToObj(i -> Character.toString('a' + i));
  }

  /**
   * Strings, and what may follow the last ones.
   *
   * @param fixed for lengths
   * @param free for the automaton and its walks
   */
  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    int[] lengths = lengths(fixed);
    Automaton automaton = Automaton.random(config, free.fork("automaton"));
    CounterRandom walk = free.fork("walk");
    int[] text = new int[IntStream.of(lengths).sum() + lengths.length - 1];
    int[] asked = new int[config.questions()];
    int[] ends = new int[config.questions()];
    int place = 0;
    for (int i = 0; i < lengths.length; i++) {
      int state = 0;
      for (int left = lengths[i]; left > 0; left--, place++) {
        int edge = walk.below(automaton.edges(state), place);
        text[place] = Tokens.FIRST + automaton.symbols()[state][edge];
        state = automaton.next()[state][edge];
      }
      int question = i - (lengths.length - asked.length);
      if (question >= 0) {
        asked[question] = place - 1;
        ends[question] = state;
      }
      if (place < text.length) {
        text[place++] = separator;
      }
    }
    List<int[]> valid = valid(automaton, ends, free.fork("answers"));
    return new Example(text, valid.getFirst(), valid, new float[0][], asked);
  }

  private int[] lengths(CounterRandom fixed) {
    int fewest = config.strings().getFirst();
    int[] lengths = new int[fewest + fixed.below(config.strings().getLast() - fewest + 1, 0)];
    int shortest = config.length().getFirst();
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = shortest + fixed.below(config.length().getLast() - shortest + 1, i + 1);
    }
    return lengths;
  }

  /** As many answers as the states have edges at most, which together name all of their symbols. */
  private static List<int[]> valid(Automaton automaton, int[] states, CounterRandom random) {
    int most = 0;
    for (int state : states) {
      most = Math.max(most, automaton.edges(state));
    }
    List<int[]> valid = new ArrayList<>();
    for (int turn = 0; turn < most; turn++) {
      int[] answer = new int[states.length];
      for (int i = 0; i < states.length; i++) {
        int edges = automaton.edges(states[i]);
        int edge = (random.below(edges, i) + turn) % edges;
        answer[i] = Tokens.FIRST + automaton.symbols()[states[i]][edge];
      }
      valid.add(answer);
    }
    return List.copyOf(valid);
  }

  /** The task of these examples. */
  Task task(long seed) {
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    Drawing drawing = new Drawing(sizes, CounterRandom.seeded(seed), this);
    return new DrawnTask(
        source, target, drawing, difficulty(), List.of(new ValidAccuracy("valid")));
  }

  private Difficulty difficulty() {
    return new Difficulty("strings", example -> strings(example.source()));
  }

  private int strings(int[] text) {
    int count = 1;
    for (int id : text) {
      count += id == separator ? 1 : 0;
    }
    return count;
  }
}
