package seqmark.harness;

import java.util.ArrayDeque;

/**
 * Training tokens per second, without the time in which the virtual machine warms up.
 *
 * <p>Only the time within training steps counts: neither validation nor the tracing of a new shape
 * of batch. The first {@value #WARM_UP} seconds of that time are left out, in every process that
 * trains the trial anew; of a process that trains it for less than twice as long, the first half.
 */
final class Throughput {
  /** Seconds of training that are left out. */
  static final double WARM_UP = 5;

  private final double earlierSeconds;
  private final long earlierTokens;

  // Of this process, all and up to the end of warm-up.
  private double seconds;
  private long tokens;
  private double warmSeconds;
  private long warmTokens;

  // Of the first steps, for runs too short for a full warm-up: seconds and tokens after each.
  private final ArrayDeque<Mark> start = new ArrayDeque<>();

  private record Mark(double seconds, long tokens) {}

  /** Continues a measurement of earlier processes. */
  Throughput(double earlierSeconds, long earlierTokens) {
    this.earlierSeconds = earlierSeconds;
    this.earlierTokens = earlierTokens;
  }

  /** Notes a training step. */
  void add(double tookSeconds, int stepTokens) {
    seconds += tookSeconds;
    tokens += stepTokens;
    if (warmSeconds < WARM_UP) {
      start.add(new Mark(seconds, tokens));
    }
    // The cut moves with half of the time so far until it reaches the full warm-up.
    while (!start.isEmpty() && start.peek().seconds <= Math.min(WARM_UP, seconds / 2)) {
      Mark cut = start.poll();
      warmSeconds = cut.seconds;
      warmTokens = cut.tokens;
    }
  }

  /** Seconds that count, earlier processes included. */
  double seconds() {
    return earlierSeconds + seconds - warmSeconds;
  }

  /** Tokens trained on in these seconds. */
  long tokens() {
    return earlierTokens + tokens - warmTokens;
  }

  /** Tokens per second; 0 before the first step. */
  double tokensPerSecond() {
    return seconds() > 0 ? tokens() / seconds() : 0;
  }
}
