package seqmark.tasks;

import java.util.List;

/**
 * A source and its target, as ids without any special tokens.
 *
 * @param source ids of the source vocabulary
 * @param target ids of the target vocabulary: what training shows
 * @param references all targets that count as right: {@code target} and others. Symbols that the
 *     target vocabulary does not know are negative here and unknown in {@code target}, see {@link
 *     Vocabulary}
 * @param features a vector beside every source id, {@link Task#features} wide; none in tasks of
 *     tokens alone
 * @param asked the source position at which each id of the target is asked, ascending; none in
 *     tasks whose target is a sequence of its own
 */
public record Example(
    int[] source, int[] target, List<int[]> references, float[][] features, int[] asked) {
  private static final float[][] NO_FEATURES = {};
  private static final int[] NOWHERE = {};

  /** An example of tokens alone. */
  public Example(int[] source, int[] target, List<int[]> references) {
    this(source, target, references, NO_FEATURES, NOWHERE);
  }

  /** An example of tokens alone whose answers belong to positions of the source. */
  public static Example asking(int[] source, int[] target, int[] asked) {
    return new Example(source, target, List.of(target), NO_FEATURES, asked);
  }

  /** An example of tokens alone with one right answer. */
  public static Example of(int[] source, int[] target) {
    return new Example(source, target, List.of(target));
  }
}
