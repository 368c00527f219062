package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.ScanArrays.ARRAY;
import static seqmark.backend.cpu.ScanArrays.DECAY;
import static seqmark.backend.cpu.ScanArrays.DELTA;
import static seqmark.backend.cpu.ScanArrays.GAINED;
import static seqmark.backend.cpu.ScanArrays.HIDDEN_0;
import static seqmark.backend.cpu.ScanArrays.HIDDEN_1;
import static seqmark.backend.cpu.ScanArrays.STEPS;
import static seqmark.backend.cpu.ScanArrays.U;
import static seqmark.backend.cpu.ScanArrays.X;
import static seqmark.backend.cpu.ScanArrays.Y;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.StateSpace.Discretisation;

/**
 * What is computed at a time of a selective scan: a chunk of steps for one vector of channels.
 *
 * <p>A block lies in thread scratch {@code s}, where every array has channels as its last axis, of
 * {@link Lanes#LENGTH}, and a pass goes through the steps of one or two states, whose arrays stay
 * in the first-level cache. Zeros fill up the last block and the last pair of states, and do no
 * harm: no pass needs a tail.
 */
final class ScanBlock {
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

  /** States with the one that fills up the last pair. */
  final int paired;

  /** Floats of all states of a block at one time, {@code [paired][LENGTH]}. */
  final int step;

  // B and C are products of one factor for each step, [paired][STEPS], and one for each channel,
  // [paired][LENGTH]; one of the two is 1.
  final int bStepAt;
  final int cStepAt;
  final int bChannelAt;
  final int cChannelAt;
  final int aAt;
  final int skipAt;

  /** Floats of a block in all. */
  final int floats;

  // Floats from one step to the next.
  private final int bDistance;
  private final int cDistance;

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
    bDistance = b.distance();
    cDistance = c.distance();
    hold = discretisation == Discretisation.ZOH;
    paired = states + states % 2;
    step = paired * LENGTH;
    bStepAt = ScanArrays.END;
    cStepAt = bStepAt + STEPS * paired;
    bChannelAt = cStepAt + STEPS * paired;
    cChannelAt = bChannelAt + step;
    aAt = cChannelAt + step;
    skipAt = aAt + step;
    floats = skipAt + LENGTH;
  }

  /** The number of steps in the chunk that begins at time {@code start}. */
  int steps(int start) {
    return Math.min(STEPS, length - start);
  }

  /** Fills a scratch with zeros up to {@code end}, and the factors that are 1. */
  void clear(float[] s, int end) {
    Arrays.fill(s, U, end, 0);
    if (perChannel) {
      Arrays.fill(s, bStepAt, bChannelAt, 1);
    } else {
      Arrays.fill(s, bChannelAt, aAt, 1);
    }
  }

  /** Fetches what all blocks of a chunk share. */
  void loadChunk(int t, float[] s, int row, int start) {
    int steps = steps(start);
    fetch(u, t, row, start, steps);
    fetch(delta, t, row, start, steps);
    if (!perChannel) {
      int first = row * length + start;
      turn(b.data(), b.at(t) + first * bDistance, bDistance, steps, s, bStepAt);
      turn(c.data(), c.at(t) + first * cDistance, cDistance, steps, s, cStepAt);
    }
  }

  /** Reads rows of all channels one after the other before blocks read theirs. */
  void fetch(Operand x, int t, int row, int start, int steps) {
    Strips.fetch(x.data(), x.at(t) + (row * length + start) * width, width, steps, width);
  }

  /** {@code y [states, STEPS]} of {@code x [steps, states]}, whose rows lie ldx apart. */
  private void turn(float[] x, int x0, int ldx, int steps, float[] y, int y0) {
    for (int i = 0; i < steps; i++) {
      for (int n = 0; n < states; n++) {
        y[y0 + n * STEPS + i] = x[x0 + i * ldx + n];
      }
    }
  }

  /** Fetches everything else but the state before the chunk. */
  void loadBlock(int t, float[] s, int row, int start, int channel) {
    int steps = steps(start);
    int at = (row * length + start) * width + channel;
    pack(u.data(), u.at(t) + at, steps, channel, s, U);
    pack(delta.data(), delta.at(t) + at, steps, channel, s, DELTA);
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

  /** x. */
  void begin(float[] s, int steps) {
    for (int i = 0; i < steps * LENGTH; i += LENGTH) {
      FloatVector in = fromArray(SPECIES, s, U + i);
      in.mul(fromArray(SPECIES, s, DELTA + i)).intoArray(s, X + i);
    }
  }

  /** y without the states. */
  void skip(float[] s, int steps) {
    FloatVector skip = fromArray(SPECIES, s, skipAt);
    for (int i = 0; i < steps * LENGTH; i += LENGTH) {
      fromArray(SPECIES, s, U + i).mul(skip).intoArray(s, Y + i);
    }
  }

  /** What all steps of a pair of states need, of which n is the first: decays, gains. */
  private void prepare(float[] s, int steps, int n) {
    StateDecay.of(s, steps, aAt + n * LENGTH);
    if (hold) {
      ZeroOrderHold.gain(s, steps, aAt + n * LENGTH, 0);
      ZeroOrderHold.gain(s, steps, aAt + (n + 1) * LENGTH, 1);
    }
  }

  /** Where what B multiplies for state k of a pair lies. */
  int gained(int k) {
    return hold ? GAINED + k * ARRAY : X;
  }

  /** {@code h = decay h + B x}, {@code y = y + C h}: all steps of a pair that lies at state. */
  void read(float[] s, int steps, int n, int state) {
    prepare(s, steps, n);
    int x0 = gained(0);
    int x1 = gained(1);
    int bAt = bStepAt + n * STEPS;
    int cAt = cStepAt + n * STEPS;
    FloatVector b0 = fromArray(SPECIES, s, bChannelAt + n * LENGTH);
    FloatVector b1 = fromArray(SPECIES, s, bChannelAt + (n + 1) * LENGTH);
    FloatVector c0 = fromArray(SPECIES, s, cChannelAt + n * LENGTH);
    FloatVector c1 = fromArray(SPECIES, s, cChannelAt + (n + 1) * LENGTH);
    FloatVector h0 = fromArray(SPECIES, s, state);
    FloatVector h1 = fromArray(SPECIES, s, state + LENGTH);
    for (int i = 0; i < steps; i++) {
      int at = i * LENGTH;
      FloatVector fresh0 = fromArray(SPECIES, s, x0 + at).mul(s[bAt + i]);
      FloatVector fresh1 = fromArray(SPECIES, s, x1 + at).mul(s[bAt + STEPS + i]);
      h0 = h0.fma(fromArray(SPECIES, s, DECAY + at), fresh0.mul(b0));
      h1 = h1.fma(fromArray(SPECIES, s, DECAY + ARRAY + at), fresh1.mul(b1));
      FloatVector y = h0.fma(c0.mul(s[cAt + i]), fromArray(SPECIES, s, Y + at));
      h1.fma(c1.mul(s[cAt + STEPS + i]), y).intoArray(s, Y + at);
    }
    h0.intoArray(s, state);
    h1.intoArray(s, state + LENGTH);
  }

  /** The states of a pair before and after each step, from those at {@code state} on. */
  void remember(float[] s, int steps, int n, int state) {
    prepare(s, steps, n);
    int x0 = gained(0);
    int x1 = gained(1);
    int bAt = bStepAt + n * STEPS;
    FloatVector b0 = fromArray(SPECIES, s, bChannelAt + n * LENGTH);
    FloatVector b1 = fromArray(SPECIES, s, bChannelAt + (n + 1) * LENGTH);
    FloatVector h0 = fromArray(SPECIES, s, state);
    FloatVector h1 = fromArray(SPECIES, s, state + LENGTH);
    h0.intoArray(s, HIDDEN_0 - LENGTH);
    h1.intoArray(s, HIDDEN_1 - LENGTH);
    for (int i = 0; i < steps; i++) {
      int at = i * LENGTH;
      FloatVector fresh0 = fromArray(SPECIES, s, x0 + at).mul(s[bAt + i]);
      FloatVector fresh1 = fromArray(SPECIES, s, x1 + at).mul(s[bAt + STEPS + i]);
      h0 = h0.fma(fromArray(SPECIES, s, DECAY + at), fresh0.mul(b0));
      h1 = h1.fma(fromArray(SPECIES, s, DECAY + ARRAY + at), fresh1.mul(b1));
      h0.intoArray(s, HIDDEN_0 + at);
      h1.intoArray(s, HIDDEN_1 + at);
    }
  }
}
