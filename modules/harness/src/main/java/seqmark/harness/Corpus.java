package seqmark.harness;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import seqmark.nn.Problem;
import seqmark.tasks.DataHash;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

/**
 * The examples of a task and seed, in memory.
 *
 * @param task where they come from
 * @param examples by split, in the task's order
 * @param problem what models have to know
 * @param hash SHA-256 of all symbols and examples, hexadecimal
 */
record Corpus(Task task, Map<Split, List<Example>> examples, Problem problem, String hash) {

  static Corpus of(Task task) {
    Map<Split, List<Example>> examples = new EnumMap<>(Split.class);
    Digest digest = new Digest();
    int longest = 1;
    for (Split split : Split.values()) {
      List<Example> part = new ArrayList<>();
      for (int i = 0; i < task.size(split); i++) {
        part.add(task.example(split, i));
        longest = Math.max(longest, part.getLast().source().length);
      }
      examples.put(split, part);
      digest.add(DataHash.of(task, split));
    }
    Problem problem = new Problem(task.source().size(), task.target().size(), longest);
    return new Corpus(task, examples, problem, digest.hexadecimal());
  }

  /** The examples of a split. */
  List<Example> of(Split split) {
    return examples.get(split);
  }
}
