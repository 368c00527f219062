package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.ScanArrays.ARRAY;
import static seqmark.backend.cpu.ScanArrays.CHANNELS;
import static seqmark.backend.cpu.ScanArrays.DELTA;
import static seqmark.backend.cpu.ScanArrays.DX;
import static seqmark.backend.cpu.ScanArrays.DY;
import static seqmark.backend.cpu.ScanArrays.D_GAINED;
import static seqmark.backend.cpu.ScanArrays.GAIN;
import static seqmark.backend.cpu.ScanArrays.GAINED;
import static seqmark.backend.cpu.ScanArrays.HIDDEN_0;
import static seqmark.backend.cpu.ScanArrays.HIDDEN_1;
import static seqmark.backend.cpu.ScanArrays.READ_DY;
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
 * What is computed at a time of a selective scan: a chunk of steps for two vectors of channels.
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

  /** Floats of all states of a block at one time, {@code [paired][CHANNELS]}. */
  final int step;

  // B and C at each step, [paired][STEPS], or 1.
  final int bAt;
  final int cAt;

  // Those of each channel, [paired][CHANNELS].
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
    blocks = Math.ceilDiv(width, CHANNELS);
    perChannel = n.in(first + 3).shape().rank() == 2;
    bDistance = b.distance();
    cDistance = c.distance();
    hold = discretisation == Discretisation.ZOH;
    paired = states + states % 2;
    step = paired * CHANNELS;
    bAt = ScanArrays.END;
    cAt = bAt + STEPS * paired;
    bChannelAt = cAt + STEPS * paired;
    cChannelAt = bChannelAt + step;
    aAt = cChannelAt + step;
    skipAt = aAt + step;
    floats = skipAt + CHANNELS;
  }

  /** The number of steps in the chunk that begins at time {@code start}. */
  int steps(int start) {
    return Math.min(STEPS, length - start);
  }

  /** Fills a scratch with zeros up to {@code end}, and what is 1 throughout. */
  void clear(float[] s, int end) {
    Arrays.fill(s, U, end, 0);
    if (perChannel) {
      Arrays.fill(s, GAIN, GAIN + 2 * ARRAY, 1);
      Arrays.fill(s, bAt, bChannelAt, 1);
    }
  }

  /** Fetches what all blocks of a chunk share. */
  void loadChunk(int t, float[] s, int row, int start) {
    int steps = steps(start);
    fetch(u, t, row, start, steps);
    fetch(delta, t, row, start, steps);
    if (!perChannel) {
      int first = row * length + start;
      turn(b.data(), b.at(t) + first * bDistance, bDistance, steps, s, bAt);
      turn(c.data(), c.at(t) + first * cDistance, cDistance, steps, s, cAt);
    }
  }

  /**
   * Reads rows of all channels one after the other before blocks read theirs, or write them: a
   * store of two vectors of a row would wait for the memory to hand out their lines.
   */
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
    int n = Math.min(CHANNELS, width - channel);
    if (n == CHANNELS) {
      for (int i = 0; i < count; i++) {
        fromArray(SPECIES, x, x0 + i * width).intoArray(s, s0 + i * CHANNELS);
        fromArray(SPECIES, x, x0 + i * width + LENGTH).intoArray(s, s0 + i * CHANNELS + LENGTH);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      Strips.copy(x, x0 + i * width, s, s0 + i * CHANNELS, n);
      Arrays.fill(s, s0 + i * CHANNELS + n, s0 + (i + 1) * CHANNELS, 0);
    }
  }

  /** Puts a block's channels back into rows of all channels. */
  void unpack(float[] s, int s0, int count, int channel, float[] x, int x0) {
    int n = Math.min(CHANNELS, width - channel);
    if (n == CHANNELS) {
      for (int i = 0; i < count; i++) {
        fromArray(SPECIES, s, s0 + i * CHANNELS).intoArray(x, x0 + i * width);
        fromArray(SPECIES, s, s0 + i * CHANNELS + LENGTH).intoArray(x, x0 + i * width + LENGTH);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      Strips.copy(s, s0 + i * CHANNELS, x, x0 + i * width, n);
    }
  }

  /** x, with no delta larger than {@link StateDecay} takes. */
  void begin(float[] s, int steps) {
    for (int i = 0; i < steps * CHANNELS; i += LENGTH) {
      FloatVector by = fromArray(SPECIES, s, DELTA + i);
      by = by.blend(StateDecay.LONGEST, by.compare(GT, StateDecay.LONGEST));
      by.intoArray(s, DELTA + i);
      fromArray(SPECIES, s, U + i).mul(by).intoArray(s, X + i);
    }
  }

  /** y without the states. */
  void skip(float[] s, int steps) {
    FloatVector left = fromArray(SPECIES, s, skipAt);
    FloatVector right = fromArray(SPECIES, s, skipAt + LENGTH);
    for (int i = 0; i < steps * CHANNELS; i += CHANNELS) {
      fromArray(SPECIES, s, U + i).mul(left).intoArray(s, Y + i);
      fromArray(SPECIES, s, U + LENGTH + i).mul(right).intoArray(s, Y + LENGTH + i);
    }
  }

  /** What all steps of a pair of states need, of which n is the first: decays, gains. */
  void prepare(float[] s, int steps, int n) {
    StateDecay.of(s, steps, aAt + n * CHANNELS);
    for (int k = 0; k < 2; k++) {
      if (hold) {
        ZeroOrderHold.gain(s, steps, aAt + (n + k) * CHANNELS, k);
      }
      if (perChannel) {
        InvariantMatrices.gain(this, s, steps, n + k);
      }
    }
  }

  /** Through all steps of the pair of states that lies at {@code state}, which adds to y. */
  void read(float[] s, int steps, int n, int state) {
    prepare(s, steps, n);
    if (perChannel) {
      ScanTile.remember(this, s, steps, n, state);
      InvariantMatrices.read(this, s, steps, n);
      InvariantMatrices.read(this, s, steps, n + 1);
      int last = (steps - 1) * CHANNELS;
      Strips.copy(s, HIDDEN_0 + last, s, state, CHANNELS);
      Strips.copy(s, HIDDEN_1 + last, s, state + CHANNELS, CHANNELS);
    } else {
      ScanTile.read(this, s, steps, n, state);
    }
  }

  /** Where what B multiplies for state k of a pair lies. */
  int xAt(int k) {
    return hold || perChannel ? GAINED + k * ARRAY : X;
  }

  /** Where its gradient lies. */
  int dxAt(int k) {
    return hold || perChannel ? D_GAINED + k * ARRAY : DX;
  }

  /** Where what C multiplies on the way back lies. */
  int dyAt(int k) {
    return perChannel ? READ_DY + k * ARRAY : DY;
  }
}
