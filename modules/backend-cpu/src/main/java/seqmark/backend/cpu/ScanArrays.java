package seqmark.backend.cpu;

import static seqmark.backend.cpu.Lanes.LENGTH;

import seqmark.compute.op.StateSpace;

/**
 * Where the arrays of a {@link ScanBlock} and of its gradient begin that have two vectors for each
 * step of a chunk, {@code [STEPS][CHANNELS]}.
 *
 * <p>The JIT knows these numbers, so that one register is enough to find what belongs to a step.
 * All arrays begin a multiple of {@link #ARRAY} apart, and a pass reads what it needs of a step
 * before it writes: a load soon after a store whose address has the same last 12 bits would wait
 * for that store.
 */
final class ScanArrays {
  static final int STEPS = StateSpace.CHUNK;

  /** Channels of a block: two vectors. */
  static final int CHANNELS = 2 * LENGTH;

  /**
   * Floats of one of them, {@code [STEPS][CHANNELS]}, and from the array of the first of two states
   * to the second's.
   */
  static final int ARRAY = STEPS * CHANNELS;

  /** u, and in the end its gradient. */
  static final int U = ThreadScratch.START;

  static final int DELTA = U + ARRAY;

  /** {@code x = delta u}. */
  static final int X = DELTA + ARRAY;

  /** {@code y = C h + skip u}. */
  static final int Y = X + ARRAY;

  /** {@code exp(delta A)} of two states. */
  static final int DECAY = Y + ARRAY;

  /** What a zero-order hold multiplies B with, of two states. */
  static final int GAIN = DECAY + 2 * ARRAY;

  /** The gain times x, of two states. */
  static final int GAINED = GAIN + 2 * ARRAY;

  /** The state after each step, and right in front that before the chunk. */
  static final int HIDDEN_0 = GAINED + 3 * ARRAY;

  static final int HIDDEN_1 = HIDDEN_0 + 2 * ARRAY;

  static final int DY = HIDDEN_1 + ARRAY;
  static final int D_DELTA = DY + ARRAY;
  static final int DX = D_DELTA + ARRAY;

  /** The gradient of the gain times x, of two states. */
  static final int D_GAINED = DX + ARRAY;

  /** The gradient of y by way of two states, where C belongs to channels. */
  static final int READ_DY = D_GAINED + 2 * ARRAY;

  static final int END = READ_DY + 2 * ARRAY;

  private ScanArrays() {}

  /** The first place from {@code at} on that is a multiple of {@link #ARRAY} behind them. */
  static int align(int at) {
    return END + Math.ceilDiv(at - END, ARRAY) * ARRAY;
  }
}
