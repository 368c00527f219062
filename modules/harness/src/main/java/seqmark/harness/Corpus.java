package seqmark.harness;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import seqmark.nn.Problem;
import seqmark.tasks.DataHash;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

/**
 * The examples of a task and seed. All are made at once, because models have to know the longest;
 * what is only kept beside results is found out when it is first asked for. Safe for use by several
 * threads.
 */
final class Corpus {
  private final Task task;
  private final Map<Split, Part> parts;
  private final Problem problem;
  private String hash;
  private Integer shared;

  private Corpus(Task task, Map<Split, Part> parts) {
    this.task = task;
    this.parts = parts;
    this.problem = problem(task, parts);
  }

  static Corpus of(Task task) {
    return of(task, Part.HELD);
  }

  /**
   * The examples of a task.
   *
   * @param held how many numbers of a part may be in memory
   */
  static Corpus of(Task task, long held) {
    Map<Split, Part> parts = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      parts.put(split, Part.of(task, split, held));
    }
    return new Corpus(task, parts);
  }

  private static Problem problem(Task task, Map<Split, Part> parts) {
    int source = parts.values().stream().mapToInt(Part::longestSource).max().orElseThrow();
    return new Problem(
        task.source().size(),
        task.target().size(),
        source,
        longestOutput(parts, source),
        task.source() == task.target(),
        task.features(),
        task.sentenceEnd(),
        parts.get(Split.TEST).asks());
  }

  /**
   * A quarter more than the longest target that training shows; more in proportion where sources
   * are longer than in training, and at least the longest that validation measures the loss of.
   */
  private static int longestOutput(Map<Split, Part> parts, int longestSource) {
    Part shown = parts.get(Split.TRAIN);
    double longer = Math.max(1, longestSource / (double) shown.longestSource());
    int allowed = (int) Math.ceil(1.25 * shown.longestTarget() * longer);
    return Math.max(allowed, parts.get(Split.VALIDATION).longestTarget());
  }

  /** Where the examples come from. */
  Task task() {
    return task;
  }

  /** The examples of a split, in the task's order. */
  Part of(Split split) {
    return parts.get(split);
  }

  /** What models have to know. */
  Problem problem() {
    return problem;
  }

  /** SHA-256 of all symbols and examples, hexadecimal. */
  synchronized String hash() {
    if (hash == null) {
      hash = DataHash.of(Arrays.stream(Split.values()).map(this::hash).toList());
    }
    return hash;
  }

  private String hash(Split split) {
    DataHash part = new DataHash(task);
    of(split).forEach(part::add);
    return part.hexadecimal();
  }

  /** How many test examples have a source that training shows too. */
  synchronized int shared() {
    if (shared == null) {
      shared = Overlap.of(of(Split.TRAIN), of(Split.TEST));
    }
    return shared;
  }
}
