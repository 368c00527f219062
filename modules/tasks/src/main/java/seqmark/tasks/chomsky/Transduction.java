package seqmark.tasks.chomsky;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;
import seqmark.tasks.Vocabulary;

/**
 * A function of strings with the distribution of its arguments, after Delétang et al. 2022, "Neural
 * Networks and the Chomsky Hierarchy", and the code released with it.
 *
 * <p>The answer is a sequence of its own, written after the string; every position of it counts in
 * loss and metrics. Where the paper fills answers up to a common length behind a termination
 * symbol, they end with that symbol here, the last position that the paper scores. Unlike the
 * paper's models, those here are not told how long an answer is: one that ends too soon or too late
 * has the positions in excess wrong.
 *
 * <p>The parts share no string, except those of lengths with fewer than 256 different ones, which
 * all parts share. The paper draws strings without end; here every part has a number of them.
 */
public abstract class Transduction implements TaskProvider<LengthConfig> {
  private static final LengthConfig MEDIUM =
      new LengthConfig(List.of(1, 40), List.of(41, 500), 50_000, 1_000, 2_000);
  private static final LengthConfig PAPER =
      new LengthConfig(MEDIUM.length(), MEDIUM.testLength(), 1_000_000, 1_000, 4_600);
  private static final LengthConfig SMALL =
      new LengthConfig(List.of(1, 20), List.of(21, 60), 20_000, 500, 1_000);

  private final String id;
  private final String summary;
  private final Vocabulary source;
  private final Vocabulary target;
  private final int longestShared;

  /**
   * A task of this package.
   *
   * @param longestShared the longest length with fewer different strings than {@link
   *     seqmark.tasks.Drawing#DIVIDED_FROM}
   */
  Transduction(String id, String summary, Vocabulary source, Vocabulary target, int longestShared) {
    this.id = id;
    this.summary = summary;
    this.source = source;
    this.target = target;
    this.longestShared = longestShared;
  }

  /**
   * A string and its answer, as places in the vocabularies from 0, in arrays that nobody else
   * keeps.
   *
   * @param length 1 or more
   */
  abstract Example draw(int length, CounterRandom random);

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String summary() {
    return summary;
  }

  /** The paper's lengths, 1 to 40 and for testing 41 to 500. */
  @Override
  public final LengthConfig defaults() {
    return MEDIUM;
  }

  /**
   * {@code deepmind}: the paper's lengths, more examples than 7,800 of its batches of 128 use, and
   * about ten test strings of every length; {@code small}: lengths 1 to 20 and for testing 21 to
   * 60.
   */
  @Override
  public final Map<String, LengthConfig> presets() {
    return Collections.unmodifiableMap(new TreeMap<>(Map.of("deepmind", PAPER, "small", SMALL)));
  }

  @Override
  public final Task create(LengthConfig config, long seed, Path folder) {
    return new TransductionTask(this, config, seed);
  }

  final Vocabulary source() {
    return source;
  }

  final Vocabulary target() {
    return target;
  }

  final boolean isShared(int[] string) {
    return string.length <= longestShared;
  }

  /** A vocabulary of characters. */
  static Vocabulary characters(String symbols) {
    return new Vocabulary(List.of(symbols.split("")), "");
  }

  /** A string in which every symbol is equally likely at every place. */
  static int[] uniform(int symbols, int length, CounterRandom random) {
    int[] string = new int[length];
    for (int i = 0; i < length; i++) {
      string[i] = random.below(symbols, i);
    }
    return string;
  }
}
