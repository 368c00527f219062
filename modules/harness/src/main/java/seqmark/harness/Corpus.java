package seqmark.harness;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    int source = 1;
    for (Split split : Split.values()) {
      List<Example> part = new ArrayList<>();
      for (int i = 0; i < task.size(split); i++) {
        part.add(task.example(split, i));
        source = Math.max(source, part.getLast().source().length);
      }
      examples.put(split, part);
      digest.add(DataHash.of(task, split));
    }
    Problem problem =
        new Problem(
            task.source().size(),
            task.target().size(),
            source,
            longestOutput(examples, source),
            task.source() == task.target(),
            task.features(),
            task.sentenceEnd(),
            examples.get(Split.TEST).stream().anyMatch(e -> e.asked().length > 0));
    return new Corpus(task, examples, problem, digest.hexadecimal());
  }

  /**
   * A quarter more than the longest target that training shows; more in proportion where sources
   * are longer than in training, and at least the longest that validation measures the loss of.
   */
  private static int longestOutput(Map<Split, List<Example>> examples, int longestSource) {
    List<Example> shown = examples.get(Split.TRAIN);
    double target = longest(shown.stream().mapToInt(e -> e.target().length));
    double source = longest(shown.stream().mapToInt(e -> e.source().length));
    int validated =
        longest(examples.get(Split.VALIDATION).stream().mapToInt(e -> e.target().length));
    int allowed = (int) Math.ceil(1.25 * target * Math.max(1, longestSource / source));
    return Math.max(allowed, validated);
  }

  private static int longest(IntStream lengths) {
    return Math.max(1, lengths.max().orElse(1));
  }

  /** The examples of a split. */
  List<Example> of(Split split) {
    return examples.get(split);
  }
}
