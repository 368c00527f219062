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

  /** How many examples a part has. */
  int size(Split split);

  /** Example {@code index} of {@code 0 .. size(split) - 1}. */
  Example example(Split split, int index);

  /** The metrics; the first one decides which step and which setting is best. */
  List<Metric> metrics();
}
