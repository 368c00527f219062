package seqmark.throughput;

import java.util.Locale;
import seqmark.harness.ThroughputConfig.Work;

/**
 * What is timed.
 *
 * @param model the model's label
 * @param backend the label of what computes
 * @param work which part of the model's life
 * @param batch sequences at a time
 * @param length tokens of sources, and of targets with their end
 */
record Case(String model, String backend, Work work, int batch, int length) {
  /** A name for files that no other case of a config has. */
  String fileName() {
    String words = "%s-%s-%s-%d-%d".formatted(workName(), model, backend, batch, length);
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
        + "-"
        + Integer.toHexString((model + backend).hashCode());
  }

  /** Target tokens that one step deals with. */
  int tokens() {
    return work == Work.GENERATION ? batch : batch * length;
  }

  /** The work as the config names it. */
  String workName() {
    return work.name().toLowerCase(Locale.ROOT);
  }
}
