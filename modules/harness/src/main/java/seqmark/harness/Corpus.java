package seqmark.harness;

import java.util.EnumMap;
import java.util.Map;
import seqmark.nn.Problem;
import seqmark.tasks.DataHash;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

/**
 * The examples of a task and seed.
 *
 * @param task where they come from
 * @param parts by split, in the task's order
 * @param problem what models have to know
 * @param hash SHA-256 of all symbols and examples, hexadecimal
 * @param shared how many test examples have a source that training shows too
 */
record Corpus(Task task, Map<Split, Part> parts, Problem problem, String hash, int shared) {

  static Corpus of(Task task) {
    return of(task, Part.HELD);
  }

  /**
   * The examples of a task.
   *
   * @param held how many numbers of a part may be in memory
   */
  static Corpus of(Task task, long held) {
    Overlap overlap = new Overlap();
    boolean[] asks = {false};
    Map<Split, Part> parts = new EnumMap<>(Split.class);
    Map<Split, DataHash> hashes = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      hashes.put(split, new DataHash(task));
    }
    parts.put(
        Split.TEST,
        Part.of(
            task,
            Split.TEST,
            held,
            example -> {
              hashes.get(Split.TEST).add(example);
              overlap.tested(example);
              asks[0] |= example.asked().length > 0;
            }));
    parts.put(
        Split.TRAIN,
        Part.of(
            task,
            Split.TRAIN,
            held,
            example -> {
              hashes.get(Split.TRAIN).add(example);
              overlap.trained(example);
            }));
    parts.put(
        Split.VALIDATION, Part.of(task, Split.VALIDATION, held, hashes.get(Split.VALIDATION)::add));
    return new Corpus(task, parts, problem(task, parts, asks[0]), hash(hashes), overlap.shared());
  }

  private static String hash(Map<Split, DataHash> parts) {
    return DataHash.of(parts.values().stream().map(DataHash::hexadecimal).toList());
  }

  private static Problem problem(Task task, Map<Split, Part> parts, boolean asks) {
    int source = parts.values().stream().mapToInt(Part::longestSource).max().orElseThrow();
    return new Problem(
        task.source().size(),
        task.target().size(),
        source,
        longestOutput(parts, source),
        task.source() == task.target(),
        task.features(),
        task.sentenceEnd(),
        asks);
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

  /** The examples of a split. */
  Part of(Split split) {
    return parts.get(split);
  }
}
