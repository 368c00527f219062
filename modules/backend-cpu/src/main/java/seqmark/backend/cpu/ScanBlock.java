package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.StateSpace;
import seqmark.compute.op.StateSpace.Discretisation;

/**
 * What is computed at a time of a selective scan: a chunk of steps for one vector of channels.
 *
 * <p>A block lies in thread scratch {@code s}, where every array has channels as its last axis, of
 * {@link Lanes#LENGTH}: zeros fill up the last block, and do no harm. So no pass needs a scalar
 * tail, and a pass goes through the steps of one state, whose arrays stay in the first-level cache.
 */
final class ScanBlock {
  static final int STEPS = StateSpace.CHUNK;

  /** Where {@code (exp(z) - 1) / z} loses digits, its series stands in. */
  static final float SMALL = 0.5f;

  /** Added, it rounds to a whole number k, and the lowest bits are those of 2^k's exponent. */
  private static final float ROUND = 0x1.8p23f + 127;

  /** That of the lowest power that is not taken for 0; those of -126 may be subnormal. */
  private static final float LEAST = ROUND - 125;

  /** The bits of k = 128, whose power comes out as infinite. */
  private static final int MOST = Float.floatToRawIntBits(ROUND + 128);

  final int rows;
  final int length;
  final int width;
  final int states;

  /** The number of chunks that make up all steps. */
  final int chunks;

  /** The number of blocks that make up all channels. */
  final int blocks;

  /** Whether B and C are the same at all times, with values of their own for each channel. */
  final boolean perChannel;

  final boolean hold;

  /** Floats of all states of a block at one time. */
  final int step;

  // Places in the scratch: [STEPS][LENGTH], where y = C h + skip u and x = delta u.
  final int uAt;
  final int deltaAt;
  final int xAt;
  final int yAt;
  // B and C are products of one factor for each step, [states][STEPS], and one for each channel,
  // [states][LENGTH]; one of the two is 1.
  final int bStepAt;
  final int cStepAt;
  final int bChannelAt;
  final int cChannelAt;
  final int aAt;
  final int skipAt;

  // Of one state, [STEPS][LENGTH]: exp(delta A), the gain of B, and x times that.
  final int decayAt;
  final int gainAt;
  final int gainedAt;

  /** Of one state, {@code [STEPS + 1][LENGTH]}: before the chunk and after each step. */
  final int hiddenAt;

  /** Floats of a block in all. */
  final int floats;

  private final Operand u;
  private final Operand delta;
  private final Operand a;
  private final Operand b;
  private final Operand c;
  private final Operand skip;

  /** The blocks of a scan whose operands begin with operand {@code first} of the node. */
  ScanBlock(Node n, int first, Discretisation discretisation, Memory memory) {
    u = memory.of(n.in(first));
    delta = memory.of(n.in(first + 1));
    a = memory.of(n.in(first + 2));
    b = memory.of(n.in(first + 3));
    c = memory.of(n.in(first + 4));
    skip = memory.of(n.in(first + 5));
    Shape shape = n.in(first).shape();
    rows = shape.dim(0);
    length = shape.dim(1);
    width = shape.dim(2);
    states = n.in(first + 2).shape().dim(0);
    chunks = (length + STEPS - 1) / STEPS;
    blocks = (width + LENGTH - 1) / LENGTH;
    perChannel = n.in(first + 3).shape().rank() == 2;
    hold = discretisation == Discretisation.ZOH;
    step = states * LENGTH;
    int chunk = STEPS * LENGTH;
    uAt = ThreadScratch.START;
    deltaAt = uAt + chunk;
    xAt = deltaAt + chunk;
    yAt = xAt + chunk;
    bStepAt = yAt + chunk;
    cStepAt = bStepAt + STEPS * states;
    bChannelAt = cStepAt + STEPS * states;
    cChannelAt = bChannelAt + step;
    aAt = cChannelAt + step;
    skipAt = aAt + step;
    decayAt = skipAt + LENGTH;
    gainAt = decayAt + chunk;
    gainedAt = hold ? gainAt + chunk : xAt;
    hiddenAt = gainAt + 2 * chunk;
    floats = hiddenAt + chunk + LENGTH;
  }

  /** The number of steps in the chunk that begins at time {@code start}. */
  int steps(int start) {
    return Math.min(STEPS, length - start);
  }

  /** Sets the factors that are 1. */
  void setOnes(float[] s) {
    if (perChannel) {
      Arrays.fill(s, bStepAt, bChannelAt, 1);
    } else {
      Arrays.fill(s, bChannelAt, aAt, 1);
    }
  }

  /** Fetches what all blocks of a chunk share. */
  void loadChunk(int t, float[] s, int row, int start) {
    if (!perChannel) {
      int at = (row * length + start) * states;
      turn(b.data(), b.at(t) + at, steps(start), s, bStepAt);
      turn(c.data(), c.at(t) + at, steps(start), s, cStepAt);
    }
  }

  /** {@code y [states, STEPS]} of {@code x [steps, states]}. */
  private void turn(float[] x, int x0, int steps, float[] y, int y0) {
    for (int i = 0; i < steps; i++) {
      for (int n = 0; n < states; n++) {
        y[y0 + n * STEPS + i] = x[x0 + i * states + n];
      }
    }
  }

  /** Fetches everything else but the state before the chunk. */
  void loadBlock(int t, float[] s, int row, int start, int channel) {
    int steps = steps(start);
    int at = (row * length + start) * width + channel;
    pack(u.data(), u.at(t) + at, steps, channel, s, uAt);
    pack(delta.data(), delta.at(t) + at, steps, channel, s, deltaAt);
    pack(a.data(), a.at(t) + channel, states, channel, s, aAt);
    pack(skip.data(), skip.at(t) + channel, 1, channel, s, skipAt);
    if (perChannel) {
      pack(b.data(), b.at(t) + channel, states, channel, s, bChannelAt);
      pack(c.data(), c.at(t) + channel, states, channel, s, cChannelAt);
    }
  }

  /** Fetches a block's channels out of rows of all channels; x0 is the first of them. */
  void pack(float[] x, int x0, int count, int channel, float[] s, int s0) {
    int n = Math.min(LENGTH, width - channel);
    if (n == LENGTH) {
      for (int i = 0; i < count; i++) {
        fromArray(SPECIES, x, x0 + i * width).intoArray(s, s0 + i * LENGTH);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      Strips.copy(x, x0 + i * width, s, s0 + i * LENGTH, n);
      Arrays.fill(s, s0 + i * LENGTH + n, s0 + (i + 1) * LENGTH, 0);
    }
  }

  /** Puts a block's channels back into rows of all channels. */
  void unpack(float[] s, int s0, int count, int channel, float[] x, int x0) {
    int n = Math.min(LENGTH, width - channel);
    if (n == LENGTH) {
      for (int i = 0; i < count; i++) {
        fromArray(SPECIES, s, s0 + i * LENGTH).intoArray(x, x0 + i * width);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      Strips.copy(s, s0 + i * LENGTH, x, x0 + i * width, n);
    }
  }

  /** x, and y without the states. */
  void begin(float[] s, int steps) {
    FloatVector skip = fromArray(SPECIES, s, skipAt);
    for (int i = 0; i < steps * LENGTH; i += LENGTH) {
      FloatVector in = fromArray(SPECIES, s, uAt + i);
      in.mul(fromArray(SPECIES, s, deltaAt + i)).intoArray(s, xAt + i);
      in.mul(skip).intoArray(s, yAt + i);
    }
  }

  /** All steps of state n, which lies at {@code state} before and after; y gets its share. */
  void run(float[] s, int steps, int n, int state) {
    if (hold) {
      hold(s, steps, aAt + n * LENGTH);
    }
    advance(s, steps, n, state);
  }

  /**
   * The gain {@code (exp(z) - 1) / z} of B, with z = delta A: a zero-order hold is Euler's rule
   * with B times that.
   */
  private void hold(float[] s, int steps, int at) {
    FloatVector c1 = broadcast(SPECIES, 1 / 2f);
    FloatVector c2 = broadcast(SPECIES, 1 / 6f);
    FloatVector c3 = broadcast(SPECIES, 1 / 24f);
    FloatVector c4 = broadcast(SPECIES, 1 / 120f);
    FloatVector c5 = broadcast(SPECIES, 1 / 720f);
    FloatVector c6 = broadcast(SPECIES, 1 / 5040f);
    FloatVector one = broadcast(SPECIES, 1);
    FloatVector a = fromArray(SPECIES, s, at);
    for (int i = 0; i < steps * LENGTH; i += LENGTH) {
      a.mul(fromArray(SPECIES, s, deltaAt + i)).intoArray(s, gainAt + i);
    }
    Functions.exp(1, s, gainAt, 0, s, decayAt, steps * LENGTH);
    for (int i = 0; i < steps * LENGTH; i += LENGTH) {
      FloatVector z = fromArray(SPECIES, s, gainAt + i);
      FloatVector p = z.mul(1 / 40320f).add(c6).fma(z, c5).fma(z, c4).fma(z, c3);
      p = p.fma(z, c2).fma(z, c1).fma(z, one);
      FloatVector quotient = fromArray(SPECIES, s, decayAt + i).sub(one).div(z);
      FloatVector gain = p.blend(quotient, z.abs().compare(VectorOperators.GT, SMALL));
      gain.intoArray(s, gainAt + i);
      gain.mul(fromArray(SPECIES, s, xAt + i)).intoArray(s, gainedAt + i);
    }
  }

  /**
   * {@code h = exp(delta A) h + B gained, y = y + C h}. The decay is a power of 2, of {@code delta
   * (A log2(e))}: that rounds once where delta A would be rounded. Below 2^-125 it is 0, however
   * large delta is.
   */
  private void advance(float[] s, int steps, int n, int state) {
    FloatVector round = broadcast(SPECIES, ROUND);
    FloatVector c1 = broadcast(SPECIES, 0.6931472f);
    FloatVector c2 = broadcast(SPECIES, 0.24022653f);
    FloatVector c3 = broadcast(SPECIES, 5.5503106e-2f);
    FloatVector c4 = broadcast(SPECIES, 9.617693e-3f);
    FloatVector c5 = broadcast(SPECIES, 1.3406644e-3f);
    FloatVector c6 = broadcast(SPECIES, 1.5594678e-4f);
    FloatVector one = broadcast(SPECIES, 1);
    FloatVector a = fromArray(SPECIES, s, aAt + n * LENGTH).mul(Functions.LOG2_E);
    FloatVector b = fromArray(SPECIES, s, bChannelAt + n * LENGTH);
    FloatVector c = fromArray(SPECIES, s, cChannelAt + n * LENGTH);
    FloatVector h = fromArray(SPECIES, s, state);
    h.intoArray(s, hiddenAt);
    for (int i = 0; i < steps; i++) {
      int at = i * LENGTH;
      FloatVector delta = fromArray(SPECIES, s, deltaAt + at);
      FloatVector shifted = delta.fma(a, round);
      FloatVector r = delta.fma(a, round.sub(shifted));
      FloatVector p = r.fma(c6, c5).fma(r, c4).fma(r, c3).fma(r, c2).fma(r, c1).fma(r, one);
      IntVector power = shifted.reinterpretAsInts().min(MOST);
      FloatVector scale = power.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector decay = p.mul(scale).blend(0f, shifted.compare(VectorOperators.LT, LEAST));
      decay.intoArray(s, decayAt + at);
      FloatVector fresh = fromArray(SPECIES, s, gainedAt + at).mul(s[bStepAt + n * STEPS + i]);
      h = h.fma(decay, fresh.mul(b));
      h.intoArray(s, hiddenAt + LENGTH + at);
      FloatVector read = h.mul(s[cStepAt + n * STEPS + i]);
      read.fma(c, fromArray(SPECIES, s, yAt + at)).intoArray(s, yAt + at);
    }
    h.intoArray(s, state);
  }
}
