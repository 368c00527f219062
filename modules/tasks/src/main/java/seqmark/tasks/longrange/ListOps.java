package seqmark.tasks.longrange;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.tasks.Check;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * Nested operations on lists of digits (Nangia and Bowman 2018, "ListOps"), in the grammar of Long
 * Range Arena (Tay et al. 2020, section 2.2.1): {@code [MAX 4 [SM 9 3 ] 1 ]} is 4.
 *
 * <p>Operators are {@code MIN}, {@code MAX}, {@code MED} (the median, between two digits their mean
 * rounded down) and {@code SM} (the sum modulo 10). The answer is one digit, asked at the bracket
 * that closes the whole; no other position counts in loss and metrics. The parts share no source.
 *
 * <p>The symbols of the source are the digits, the four operators with their opening brackets, and
 * the closing bracket, 15 in all: the parentheses that Long Range Arena's files have around every
 * argument say nothing and are left out, as its input pipeline does.
 */
public final class ListOps implements TaskProvider<ListOps.Config> {
  private static final int MOST_ARGUMENTS = 100;
  private static final int DEEPEST = 100;
  private static final int SHORTEST = 4;
  private static final int LONGEST = 100_000;

  /**
   * The parameters.
   *
   * @param depth of the tree, its digits included: {@code depth - 1} operators can be nested
   * @param arguments the most that an operator has; numbers from 2 up are equally frequent
   * @param operators the share of arguments that are operations, where the depth allows it
   * @param length fewest and most symbols, {@code [min, max]}: trees of other lengths are drawn
   *     again
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      int depth,
      int arguments,
      double operators,
      List<Integer> length,
      int train,
      int validation,
      int test) {
    /** Checks all ranges. */
    public Config {
      Check.within("depth", depth, 2, DEEPEST);
      Check.within("arguments", arguments, 2, MOST_ARGUMENTS);
      if (!(operators > 0 && operators <= 1)) {
        throw new IllegalArgumentException(
            "operators is " + operators + ", expected above 0 and at most 1");
      }
      length = Check.range("length", length, SHORTEST, LONGEST);
      long longest = longest(depth, arguments);
      if (length.getFirst() > longest) {
        throw new IllegalArgumentException(
            "length is %s, expected a first of at most %d: the longest with depth %d and %d arguments"
                .formatted(length, longest, depth, arguments));
      }
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }

    private static long longest(int depth, int arguments) {
      long longest = 1;
      for (int level = 1; level < depth && longest <= LONGEST; level++) {
        longest = 2 + arguments * longest;
      }
      return longest;
    }
  }

  /** For ServiceLoader. */
  public ListOps() {}

  @Override
  public String id() {
    return "listops";
  }

  @Override
  public String summary() {
    return "nested minimum, maximum, median and sum modulo 10 of digits: which digit results?";
  }

  @Override
  public Config defaults() {
    return new Config(5, 5, 0.25, List.of(10, 100), 50_000, 1_000, 2_000);
  }

  /**
   * {@code lra} is Long Range Arena's generator script ({@code lra_benchmarks/data/listops.py}),
   * which wants more than 500 and fewer than 2,000 symbols.
   */
  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("lra", new Config(10, 10, 0.25, List.of(501, 1_999), 96_000, 2_000, 2_000));
    presets.put("small", new Config(3, 3, 0.25, List.of(4, 14), 20_000, 500, 1_000));
    return presets;
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    return new ListOpsGenerator(config).task(seed);
  }
}
