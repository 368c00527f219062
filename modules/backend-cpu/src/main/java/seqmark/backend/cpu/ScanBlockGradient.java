package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.ScanArrays.ARRAY;
import static seqmark.backend.cpu.ScanArrays.DECAY;
import static seqmark.backend.cpu.ScanArrays.DELTA;
import static seqmark.backend.cpu.ScanArrays.DX;
import static seqmark.backend.cpu.ScanArrays.DY;
import static seqmark.backend.cpu.ScanArrays.D_DELTA;
import static seqmark.backend.cpu.ScanArrays.D_GAINED;
import static seqmark.backend.cpu.ScanArrays.HIDDEN_0;
import static seqmark.backend.cpu.ScanArrays.HIDDEN_1;
import static seqmark.backend.cpu.ScanArrays.STEPS;
import static seqmark.backend.cpu.ScanArrays.U;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The way back through a {@link ScanBlock} that has run, behind it in the same scratch. The
 * gradients of B and C keep their lanes apart while the blocks of a chunk add to them one after the
 * other.
 */
final class ScanBlockGradient {
  /** A gradient of a state that is smaller before a chunk is taken for 0. */
  private static final float NONE = 0x1p-64f;

  /** How many vectors the sums over channels of B and C are taken in, see {@link Lanes#SUM}. */
  private static final int SPREAD = Lanes.SUM / LENGTH;

  /** Floats between steps, and between states, of those sums. */
  private static final int ROW = SPREAD * LENGTH;

  static final int PLANE = STEPS * ROW;

  // Of a chunk, [paired][STEPS][SPREAD][LENGTH].
  final int dbAt;
  final int dcAt;

  // Of all blocks of a batch row: [blocks][paired][LENGTH] and, of skip, [blocks][LENGTH].
  final int dhAt;
  final int daAt;
  final int dSkipAt;

  // As dh, where B and C do not change in time.
  final int dbSumAt;
  final int dcSumAt;

  /** {@code [paired][LENGTH]}: before the chunk. */
  final int stateAt;

  private final int end;

  private final ScanBlock block;
  private final int step;

  ScanBlockGradient(ScanBlock block) {
    this.block = block;
    step = block.step;
    int all = block.blocks * step;
    dbAt = ScanArrays.align(block.floats);
    dcAt = dbAt + block.paired * PLANE;
    dhAt = dcAt + block.paired * PLANE;
    daAt = dhAt + all;
    dSkipAt = daAt + all;
    dbSumAt = dSkipAt + block.blocks * LENGTH;
    dcSumAt = dbSumAt + (block.perChannel ? all : 0);
    stateAt = dcSumAt + (block.perChannel ? all : 0);
    end = stateAt + step;
  }

  /** Floats of the block and of this. */
  int floats() {
    return end;
  }

  /** Sets to zero what is summed over a batch row. */
  void beginRow(float[] s) {
    Arrays.fill(s, dhAt, stateAt, 0);
  }

  /** Sets to zero what is summed over the blocks of a chunk. */
  void beginChunk(float[] s) {
    Arrays.fill(s, dbAt, dhAt, 0);
  }

  /** From dy: du, d delta, and what block {@code index} adds to all the sums. */
  void run(float[] s, int steps, int index) {
    block.begin(s, steps);
    Arrays.fill(s, D_DELTA, DX + ARRAY, 0);
    fade(s, dhAt + index * step);
    int lanes = index % SPREAD * LENGTH;
    for (int n = 0; n < block.states; n += 2) {
      int sum = index * step + n * LENGTH;
      int db = dbAt + n * PLANE + lanes;
      block.remember(s, steps, n, stateAt + n * LENGTH);
      back(s, steps, n, dhAt + sum, daAt + sum, db, dcAt + n * PLANE + lanes);
      if (block.hold) {
        ZeroOrderHold.back(block, s, steps, n, daAt + sum);
        ZeroOrderHold.back(block, s, steps, n + 1, daAt + sum + LENGTH);
      }
    }
    if (block.perChannel) {
      sumSteps(s, dbAt, dbSumAt + index * step);
      sumSteps(s, dcAt, dcSumAt + index * step);
    }
    end(s, steps, index);
  }

  /**
   * Where no loss is behind, dh fades over a hundred steps; it ends at {@link #NONE}, because
   * subnormal numbers would take each step fifty times as long.
   */
  private void fade(float[] s, int at) {
    for (int i = at; i < at + step; i += LENGTH) {
      FloatVector dh = fromArray(SPECIES, s, i);
      dh.blend(0f, dh.abs().compare(VectorOperators.LT, NONE)).intoArray(s, i);
    }
  }

  /** From the last step to the first, through the states of a pair of which n is the first. */
  private void back(float[] s, int steps, int n, int dh, int da, int db, int dc) {
    int b = block.bStepAt + n * STEPS;
    int c = block.cStepAt + n * STEPS;
    int x0At = block.gained(0);
    int x1At = block.gained(1);
    int dx0At = block.hold ? D_GAINED : DX;
    int dx1At = block.hold ? D_GAINED + ARRAY : DX;
    FloatVector a0 = fromArray(SPECIES, s, block.aAt + n * LENGTH);
    FloatVector a1 = fromArray(SPECIES, s, block.aAt + (n + 1) * LENGTH);
    FloatVector b0 = fromArray(SPECIES, s, block.bChannelAt + n * LENGTH);
    FloatVector b1 = fromArray(SPECIES, s, block.bChannelAt + (n + 1) * LENGTH);
    FloatVector c0 = fromArray(SPECIES, s, block.cChannelAt + n * LENGTH);
    FloatVector c1 = fromArray(SPECIES, s, block.cChannelAt + (n + 1) * LENGTH);
    FloatVector dh0 = fromArray(SPECIES, s, dh);
    FloatVector dh1 = fromArray(SPECIES, s, dh + LENGTH);
    FloatVector da0 = fromArray(SPECIES, s, da);
    FloatVector da1 = fromArray(SPECIES, s, da + LENGTH);
    FloatVector h0 = fromArray(SPECIES, s, HIDDEN_0 + (steps - 1) * LENGTH);
    FloatVector h1 = fromArray(SPECIES, s, HIDDEN_1 + (steps - 1) * LENGTH);
    for (int i = steps - 1; i >= 0; i--) {
      int at = i * LENGTH;
      int row = i * ROW;
      FloatVector dy = fromArray(SPECIES, s, DY + at);
      FloatVector delta = fromArray(SPECIES, s, DELTA + at);
      dy.fma(h0, fromArray(SPECIES, s, dc + row)).intoArray(s, dc + row);
      dy.fma(h1, fromArray(SPECIES, s, dc + PLANE + row)).intoArray(s, dc + PLANE + row);
      FloatVector d0 = dy.mul(s[c + i]).fma(c0, dh0);
      FloatVector d1 = dy.mul(s[c + STEPS + i]).fma(c1, dh1);
      FloatVector x0 = fromArray(SPECIES, s, x0At + at);
      FloatVector x1 = fromArray(SPECIES, s, x1At + at);
      d0.fma(x0, fromArray(SPECIES, s, db + row)).intoArray(s, db + row);
      d1.fma(x1, fromArray(SPECIES, s, db + PLANE + row)).intoArray(s, db + PLANE + row);
      FloatVector dx0 = fromArray(SPECIES, s, dx0At + at);
      d0.mul(s[b + i]).fma(b0, dx0).intoArray(s, dx0At + at);
      FloatVector dx1 = fromArray(SPECIES, s, dx1At + at);
      d1.mul(s[b + STEPS + i]).fma(b1, dx1).intoArray(s, dx1At + at);
      dh0 = d0.mul(fromArray(SPECIES, s, DECAY + at));
      dh1 = d1.mul(fromArray(SPECIES, s, DECAY + ARRAY + at));
      h0 = fromArray(SPECIES, s, HIDDEN_0 - LENGTH + at);
      h1 = fromArray(SPECIES, s, HIDDEN_1 - LENGTH + at);
      FloatVector dz0 = dh0.mul(h0);
      FloatVector dz1 = dh1.mul(h1);
      da0 = dz0.fma(delta, da0);
      da1 = dz1.fma(delta, da1);
      FloatVector dDelta = fromArray(SPECIES, s, D_DELTA + at);
      dz1.fma(a1, dz0.fma(a0, dDelta)).intoArray(s, D_DELTA + at);
    }
    dh0.intoArray(s, dh);
    dh1.intoArray(s, dh + LENGTH);
    da0.intoArray(s, da);
    da1.intoArray(s, da + LENGTH);
  }

  /** Adds what lies at {@code from} for each step to sums over steps, and leaves zeros. */
  private void sumSteps(float[] s, int from, int to) {
    for (int n = 0; n < block.states; n++) {
      FloatVector sum = fromArray(SPECIES, s, to + n * LENGTH);
      for (int i = (STEPS * SPREAD - 1) * LENGTH; i >= 0; i -= LENGTH) {
        sum = sum.add(fromArray(SPECIES, s, from + n * PLANE + i));
      }
      sum.intoArray(s, to + n * LENGTH);
    }
    Arrays.fill(s, from, from + block.paired * PLANE, 0);
  }

  /** From dx and dy: du in the place of u, d delta and d skip. */
  private void end(float[] s, int steps, int index) {
    FloatVector skip = fromArray(SPECIES, s, block.skipAt);
    FloatVector dSkip = fromArray(SPECIES, s, dSkipAt + index * LENGTH);
    for (int i = (steps - 1) * LENGTH; i >= 0; i -= LENGTH) {
      FloatVector u = fromArray(SPECIES, s, U + i);
      FloatVector dy = fromArray(SPECIES, s, DY + i);
      FloatVector dx = fromArray(SPECIES, s, DX + i);
      FloatVector delta = fromArray(SPECIES, s, DELTA + i);
      FloatVector dDelta = fromArray(SPECIES, s, D_DELTA + i);
      dSkip = dy.fma(u, dSkip);
      dx.fma(delta, dy.mul(skip)).intoArray(s, U + i);
      dx.fma(u, dDelta).intoArray(s, D_DELTA + i);
    }
    dSkip.intoArray(s, dSkipAt + index * LENGTH);
  }

  /** The sums over channels of a gradient of B or C: {@code x [steps, states]}, ldx apart. */
  void sumLanes(float[] s, int s0, int steps, float[] x, int x0, int ldx) {
    for (int n = 0; n < block.states; n++) {
      for (int i = 0; i < steps; i++) {
        x[x0 + i * ldx + n] = Strips.sum(s, s0 + n * PLANE + i * ROW, Lanes.SUM);
      }
    }
  }
}
