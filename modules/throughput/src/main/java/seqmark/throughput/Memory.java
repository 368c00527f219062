package seqmark.throughput;

import seqmark.compute.Graph;
import seqmark.compute.Program;

/** What a program takes. */
final class Memory {
  private Memory() {}

  /** Bytes of the graph's persistent values and of the program's step memory. */
  static long bytes(Graph graph, Program program) {
    long floats = graph.persistent().values().stream().mapToLong(v -> v.shape().size()).sum();
    return floats * Float.BYTES + program.arenaBytes();
  }
}
