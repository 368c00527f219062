package seqmark.tasks.incontext;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.tasks.Check;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * A language per example, to be learned from its strings (RegBench: Akyürek et al. 2024,
 * "In-Context Language Learning"): strings of a random deterministic automaton, and after each of
 * the last ones the question which symbol may come next. Any symbol that the automaton allows there
 * is right; the target is one of them at random, as in a language model's data.
 *
 * <p><b>What is asked, and why not everywhere.</b> The paper scores every next symbol within the
 * strings. A model that reads the whole source before it answers would only have to look one
 * position ahead, so here the questions are where the source ends a string without saying how it
 * would go on: at the last symbols of the last {@code questions} strings. Nothing else counts in
 * loss and metrics, and the answer stands nowhere in the source. With more than one question, a
 * model that reads everything first has seen up to {@code questions - 1} strings more at the first
 * question than one that answers as it goes along; with one question all have seen the same.
 *
 * <p>Strings do not tell all of their automaton, so that 100% is the limit of one who knows it.
 * Whoever takes what followed the longest same ending elsewhere in the source is right 98% of the
 * time with the paper's settings. The parts share no source.
 */
public final class IclDfa implements TaskProvider<IclDfa.Config> {
  static final int LETTERS = 26;

  private static final int MOST_STATES = 1_000;
  private static final int MOST_STRINGS = 1_000;
  private static final int LONGEST = 10_000;

  /**
   * The parameters. Ranges are {@code [min, max]}, all numbers between equally frequent.
   *
   * @param states of an automaton
   * @param alphabet how many of the letters an automaton uses; there are as many letters as the
   *     most that one may use
   * @param edges the most that leave a state; numbers from 1 up are equally frequent, and all edges
   *     of a state have different symbols and lead to different other states
   * @param strings in a source
   * @param length of a string, in symbols
   * @param questions after how many of the last strings the next symbol is asked
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      List<Integer> states,
      List<Integer> alphabet,
      int edges,
      List<Integer> strings,
      List<Integer> length,
      int questions,
      int train,
      int validation,
      int test) {
    /** Checks all ranges. */
    public Config {
      states = Check.range("states", states, 3, MOST_STATES);
      alphabet = Check.range("alphabet", alphabet, 2, LETTERS);
      Check.within("edges", edges, 2, Math.min(states.getFirst() - 1, alphabet.getFirst()));
      strings = Check.range("strings", strings, 2, MOST_STRINGS);
      length = Check.range("length", length, 1, LONGEST);
      if (strings.getFirst() * length.getFirst() < 8) {
        throw new IllegalArgumentException(
            "strings is %s, expected 8 symbols or more in the shortest source, found %d"
                .formatted(strings, strings.getFirst() * length.getFirst()));
      }
      Check.within("questions", questions, 1, strings.getFirst());
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public IclDfa() {}

  @Override
  public String id() {
    return "icl-dfa";
  }

  @Override
  public String summary() {
    return "strings of an unknown automaton: which symbol may come next at their ends?";
  }

  @Override
  public Config defaults() {
    return new Config(
        List.of(3, 6), List.of(3, 8), 2, List.of(8, 12), List.of(4, 20), 4, 20_000, 1_000, 2_000);
  }

  /**
   * {@code regbench} is the generator of the paper's code ({@code berlino/seq_icl}, {@code
   * src/dataloaders/dfa.py} and {@code configs/dataset/icl_dfa.yaml}): 4 to 12 states, 4 to 18 of
   * 18 symbols, strings of 1 to 49 symbols, 10 to 19 of them. There {@code max_outgoing_edges: 4}
   * is a bound that is not reached, so that 1 to 3 edges leave a state. It has 5,000 examples to
   * train on and 500 held out in halves; the questions are ours.
   */
  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put(
        "regbench",
        new Config(
            List.of(4, 12),
            List.of(4, 18),
            3,
            List.of(10, 19),
            List.of(1, 49),
            10,
            5_000,
            250,
            250));
    presets.put(
        "small",
        new Config(
            List.of(3, 4), List.of(4, 6), 2, List.of(6, 8), List.of(4, 12), 4, 20_000, 500, 1_000));
    return presets;
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    return new IclDfaGenerator(config).task(seed);
  }
}
