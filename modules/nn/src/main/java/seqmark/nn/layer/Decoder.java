package seqmark.nn.layer;

import static seqmark.compute.Ops.transpose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Loop;
import seqmark.compute.Value;
import seqmark.nn.State;
import seqmark.nn.Step;

/**
 * A recurrent decoder in four parts. Only {@link #turn} has to run step by step; the others see all
 * time steps at once where those are known. Teacher forcing and generation are both made of these
 * parts and so agree by construction.
 *
 * <p>Where a shape says {@code [..., B]}, it is {@code [T, B]} under teacher forcing and {@code
 * [B]} in generation.
 */
public interface Decoder {
  /**
   * What one step leaves.
   *
   * @param carry for the next step, each {@code [B, ...]}
   * @param outputs what {@link #logits} reads, each {@code [B, ...]}
   * @param attention {@code [B, S]}, if the decoder attends
   */
  record Turn(List<Value> carry, List<Value> outputs, Optional<Value> attention) {}

  /** Tokens {@code [..., B]} to vectors {@code [..., B, E]}. */
  Value embed(Value tokens);

  /** The part of a step that depends on its token alone: {@code [..., B, E]} to any width. */
  Value project(Value embedded);

  /** One step. */
  Turn turn(Value projected, List<Value> carry);

  /** Logits {@code [..., B, V]} from what was embedded and the outputs of the steps. */
  Value logits(Value embedded, List<Value> outputs);

  /**
   * All steps over known inputs, ids {@code [B, T]}.
   *
   * @return logits {@code [B, T, V]}
   */
  default Value force(Value input, List<Value> first) {
    Value embedded = embed(transpose(input, 1, 0)); // [T, B, E]
    Loop loop = input.graph().loop("decoder", input.shape().dim(1));
    List<Value> carry = new ArrayList<>();
    first.forEach(v -> carry.add(loop.carry(v)));
    Turn turn = turn(Embedding.slice(loop, project(embedded)), carry);
    for (int i = 0; i < carry.size(); i++) {
      loop.next(carry.get(i), turn.carry().get(i));
    }
    loop.close();
    List<Value> outputs = turn.outputs().stream().map(loop::stack).toList(); // [T, B, ...]
    return transpose(logits(embedded, outputs), 1, 0, 2); // [B, T, V]
  }

  /** One step from a state, ids {@code [B]}. */
  default Step step(State state, Value token) {
    Value embedded = embed(token); // [B, E]
    Turn turn = turn(project(embedded), state.carry());
    State next = state.with(turn.carry().toArray(Value[]::new));
    return new Step(logits(embedded, turn.outputs()), next, turn.attention());
  }
}
