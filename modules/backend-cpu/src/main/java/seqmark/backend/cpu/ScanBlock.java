package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
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
 * tail, and the passes are short loops over {@code [steps][states]} in the first-level cache.
 */
final class ScanBlock {
  static final int STEPS = StateSpace.CHUNK;

  /** Where {@code (exp(z) - 1) / z} loses digits, its series stands in. */
  static final float SMALL = 0.5f;

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

  // Places in the scratch: [STEPS][LENGTH], then [states][LENGTH] and [LENGTH] of y = C h + skip u.
  final int uAt;
  final int deltaAt;
  final int yAt;
  final int aAt;
  final int skipAt;
  // [STEPS][states][LENGTH]: exp(delta A), B, C, the gain of B and both together.
  final int decayAt;
  final int bAt;
  final int cAt;
  final int gainAt;
  final int inputAt;

  /** {@code [STEPS + 1][states][LENGTH]}: the state before the chunk and after each step. */
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
    uAt = ThreadScratch.START;
    deltaAt = uAt + STEPS * LENGTH;
    yAt = deltaAt + STEPS * LENGTH;
    aAt = yAt + STEPS * LENGTH;
    skipAt = aAt + step;
    decayAt = skipAt + LENGTH;
    bAt = decayAt + STEPS * step;
    cAt = bAt + STEPS * step;
    gainAt = cAt + STEPS * step;
    inputAt = hold ? gainAt + STEPS * step : bAt;
    hiddenAt = hold ? inputAt + STEPS * step : gainAt;
    floats = hiddenAt + (STEPS + 1) * step;
  }

  /** The number of steps in the chunk that begins at time {@code start}. */
  int steps(int start) {
    return Math.min(STEPS, length - start);
  }

  /** Fetches everything but the state before the chunk. */
  void load(int t, float[] s, int row, int start, int channel) {
    int position = row * length + start;
    int steps = steps(start);
    int at = position * width + channel;
    pack(u.data(), u.at(t) + at, steps, channel, s, uAt);
    pack(delta.data(), delta.at(t) + at, steps, channel, s, deltaAt);
    pack(a.data(), a.at(t) + channel, states, channel, s, aAt);
    pack(skip.data(), skip.at(t) + channel, 1, channel, s, skipAt);
    if (perChannel) {
      pack(b.data(), b.at(t) + channel, states, channel, s, bAt);
      pack(c.data(), c.at(t) + channel, states, channel, s, cAt);
      for (int i = 1; i < steps; i++) {
        Strips.copy(s, bAt, s, bAt + i * step, step);
        Strips.copy(s, cAt, s, cAt + i * step, step);
      }
    } else {
      spread(b.data(), b.at(t) + position * states, steps * states, s, bAt);
      spread(c.data(), c.at(t) + position * states, steps * states, s, cAt);
    }
  }

  /** Fetches a block's channels out of rows of all channels; x0 is the first of them. */
  void pack(float[] x, int x0, int count, int channel, float[] s, int s0) {
    int n = Math.min(LENGTH, width - channel);
    for (int i = 0; i < count; i++) {
      Strips.copy(x, x0 + i * width, s, s0 + i * LENGTH, n);
      if (n < LENGTH) {
        Arrays.fill(s, s0 + i * LENGTH + n, s0 + (i + 1) * LENGTH, 0);
      }
    }
  }

  /** Puts a block's channels back into rows of all channels. */
  void unpack(float[] s, int s0, int count, int channel, float[] x, int x0) {
    int n = Math.min(LENGTH, width - channel);
    for (int i = 0; i < count; i++) {
      Strips.copy(s, s0 + i * LENGTH, x, x0 + i * width, n);
    }
  }

  private static void spread(float[] x, int x0, int count, float[] s, int s0) {
    for (int i = 0; i < count; i++) {
      broadcast(SPECIES, x[x0 + i]).intoArray(s, s0 + i * LENGTH);
    }
  }

  /** From the state before the chunk: those after its steps, and y. */
  void run(float[] s, int steps) {
    decay(s, steps);
    if (hold) {
      hold(s, steps);
    }
    advance(s, steps);
  }

  private void decay(float[] s, int steps) {
    for (int i = 0; i < steps; i++) {
      FloatVector size = fromArray(SPECIES, s, deltaAt + i * LENGTH);
      for (int j = 0; j < step; j += LENGTH) {
        size.mul(fromArray(SPECIES, s, aAt + j)).intoArray(s, decayAt + i * step + j);
      }
    }
    Functions.exp(1, s, decayAt, 0, s, decayAt, steps * step);
  }

  /**
   * The gain {@code (exp(z) - 1) / z} of B, with z = delta A: a zero-order hold is Euler's rule
   * with B times that.
   */
  private void hold(float[] s, int steps) {
    FloatVector c1 = broadcast(SPECIES, 1 / 2f);
    FloatVector c2 = broadcast(SPECIES, 1 / 6f);
    FloatVector c3 = broadcast(SPECIES, 1 / 24f);
    FloatVector c4 = broadcast(SPECIES, 1 / 120f);
    FloatVector c5 = broadcast(SPECIES, 1 / 720f);
    FloatVector c6 = broadcast(SPECIES, 1 / 5040f);
    FloatVector one = broadcast(SPECIES, 1);
    for (int i = 0; i < steps; i++) {
      FloatVector size = fromArray(SPECIES, s, deltaAt + i * LENGTH);
      for (int j = 0; j < step; j += LENGTH) {
        int at = i * step + j;
        FloatVector z = size.mul(fromArray(SPECIES, s, aAt + j));
        FloatVector p = z.mul(1 / 40320f).add(c6).fma(z, c5).fma(z, c4).fma(z, c3);
        p = p.fma(z, c2).fma(z, c1).fma(z, one);
        FloatVector quotient = fromArray(SPECIES, s, decayAt + at).sub(one).div(z);
        FloatVector gain = p.blend(quotient, z.abs().compare(VectorOperators.GT, SMALL));
        gain.intoArray(s, gainAt + at);
        gain.mul(fromArray(SPECIES, s, bAt + at)).intoArray(s, inputAt + at);
      }
    }
  }

  private void advance(float[] s, int steps) {
    for (int i = 0; i < steps; i++) {
      FloatVector in = fromArray(SPECIES, s, uAt + i * LENGTH);
      FloatVector y = in.mul(fromArray(SPECIES, s, skipAt));
      FloatVector x = in.mul(fromArray(SPECIES, s, deltaAt + i * LENGTH));
      for (int at = i * step; at < (i + 1) * step; at += LENGTH) {
        FloatVector fresh = x.mul(fromArray(SPECIES, s, inputAt + at));
        FloatVector h = fromArray(SPECIES, s, hiddenAt + at);
        h = h.fma(fromArray(SPECIES, s, decayAt + at), fresh);
        h.intoArray(s, hiddenAt + at + step);
        y = h.fma(fromArray(SPECIES, s, cAt + at), y);
      }
      y.intoArray(s, yAt + i * LENGTH);
    }
  }
}
