package seqmark.compute;

import java.util.List;

/**
 * How long a part of a program took.
 *
 * @param nodes what ran together, in order; a loop is the one node that stands for it
 * @param nanos by the host's clock
 */
public record Timing(List<Node> nodes, long nanos) {
  /** What the part costs. */
  public Cost cost() {
    return Cost.of(nodes);
  }
}
