package seqmark.nn;

import java.util.List;
import seqmark.compute.Value;

/**
 * What generation carries along, every value with the batch as its first axis.
 *
 * @param memory fixed for a source, for instance its encoding {@code [B, S, D]}
 * @param carry replaced by every step, for instance the hidden state {@code [B, H]}
 */
public record State(List<Value> memory, List<Value> carry) {
  /** The same memory with another carry. */
  public State with(Value... nextCarry) {
    return new State(memory, List.of(nextCarry));
  }
}
