package seqmark.model.snail;

import java.util.List;
import seqmark.compute.Value;
import seqmark.nn.layer.Stream;

/**
 * A part of {@link Snail}: appends to the vector of every position what it makes of the vectors up
 * to there, {@code [B, L, D]} to {@code [B, L, D + width]}.
 */
sealed interface Block permits AttentionBlock, TemporalConvolution {
  /** How much is appended. */
  int width();

  /** A whole sequence, whose vectors are zero where mask {@code [B, L]} is: as they stay. */
  Value apply(Value x, Value mask);

  /**
   * The same on top of all blocks, where only the columns of a stream's input are asked for: {@code
   * [B, T, D_i]}, parts of vectors {@code D + width} wide.
   */
  List<Value> answer(Value x, Stream stream);

  /** The same for a source, with a note of what generation needs of it. */
  Value read(Value x, Reading reading);

  /** The next position {@code [B, 1, D]} of a sequence that is being written. */
  Value write(Value x, Writing writing);
}
