package seqmark.throughput;

import java.util.Optional;
import java.util.OptionalDouble;
import seqmark.harness.ThroughputConfig.Execution;

/**
 * What was found out about a case.
 *
 * @param of the case
 * @param execution what computed it
 * @param facts what the fork told; empty if it ended before it could tell
 * @param moved nanoseconds of a step with its data moved; empty behind a red gate
 * @param resident nanoseconds of a step on data that is where it was; empty behind a red gate
 * @param failure why there is no number; empty if there is
 */
record Row(
    Case of,
    Execution execution,
    Optional<Facts> facts,
    Optional<Estimate> moved,
    Optional<Estimate> resident,
    String failure) {
  /** Target tokens per second of steps with their data moved. */
  Optional<Estimate> tokensPerSecond() {
    return moved.map(m -> m.perSecond(of.tokens()));
  }

  /** Achieved GFLOP/s on resident data, by the operations that the graph counts. */
  OptionalDouble gigaflops() {
    return perNano(facts.map(Facts::flops).orElse(0L));
  }

  /** Achieved GB/s on resident data, every tensor once per op. */
  OptionalDouble gigabytes() {
    return perNano(facts.map(Facts::bytes).orElse(0L));
  }

  private OptionalDouble perNano(double amount) {
    return resident.map(r -> OptionalDouble.of(amount / r.mean())).orElse(OptionalDouble.empty());
  }

  /** Joules per target token, where the device reports its power. */
  OptionalDouble joulesPerToken() {
    OptionalDouble watts = facts.map(Facts::watts).orElse(OptionalDouble.empty());
    return watts.isPresent() && moved.isPresent()
        ? OptionalDouble.of(watts.getAsDouble() * moved.get().mean() / 1e9 / of.tokens())
        : OptionalDouble.empty();
  }
}
