package seqmark.tasks;

import java.util.List;

/**
 * Data to learn from and a way to score. Examples are a pure function of parameters, seed, split
 * and index; safe for use by several threads.
 */
public interface Task {
  /** Source symbols. */
  Vocabulary source();

  /** Target symbols. */
  Vocabulary target();

  /** Width of the feature vector beside every source token; 0 for tokens alone. */
  default int features() {
    return 0;
  }

  /** The source id that ends a sentence; 0 where sources have no sentences. */
  default int sentenceEnd() {
    return 0;
  }

  /** How many examples a part has. */
  int size(Split split);

  /** Example {@code index} of {@code 0 .. size(split) - 1}. */
  Example example(Split split, int index);

  /** What makes examples hard: results are also shown against it. */
  default Difficulty difficulty() {
    return Difficulty.SOURCE_LENGTH;
  }

  /** The metrics; the first one decides which step and which setting is best. */
  List<Metric> metrics();
}
