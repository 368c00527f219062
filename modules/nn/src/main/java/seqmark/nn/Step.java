package seqmark.nn;

import java.util.Optional;
import seqmark.compute.Value;

/**
 * One step of generation.
 *
 * @param logits {@code [B, V]} for the next token
 * @param next the state for the next step
 * @param attention {@code [B, S]}: where this step looked, if the model attends to its source
 */
public record Step(Value logits, State next, Optional<Value> attention) {}
