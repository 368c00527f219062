package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.ScanArrays.ARRAY;
import static seqmark.backend.cpu.ScanArrays.CHANNELS;
import static seqmark.backend.cpu.ScanArrays.DELTA;
import static seqmark.backend.cpu.ScanArrays.DX;
import static seqmark.backend.cpu.ScanArrays.DY;
import static seqmark.backend.cpu.ScanArrays.D_DELTA;
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

  // Of a chunk, [paired][STEPS][ROW].
  final int dbAt;
  final int dcAt;

  // Of all blocks of a batch row: [blocks][paired][CHANNELS] and, of skip, [blocks][CHANNELS].
  final int dhAt;
  final int daAt;
  final int dSkipAt;

  // As dh, where B and C do not change in time.
  final int dbSumAt;
  final int dcSumAt;

  /** {@code [paired][CHANNELS]}: before the chunk. */
  final int stateAt;

  private final int end;

  private final ScanBlock block;
  private final int step;

  ScanBlockGradient(ScanBlock block) {
    this.block = block;
    step = block.step;
    int all = block.blocks * step;
    dbAt = ScanArrays.align(block.floats);
    dcAt = dbAt + block.paired * ScanTile.PLANE;
    dhAt = dcAt + block.paired * ScanTile.PLANE;
    daAt = dhAt + all;
    dSkipAt = daAt + all;
    dbSumAt = dSkipAt + block.blocks * CHANNELS;
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
    for (int n = 0; n < block.states; n += 2) {
      int sum = index * step + n * CHANNELS;
      int plane = n * ScanTile.PLANE;
      block.prepare(s, steps, n);
      ScanTile.remember(block, s, steps, n, stateAt + n * CHANNELS);
      if (block.perChannel) {
        InvariantMatrices.seed(block, s, steps, n);
        InvariantMatrices.seed(block, s, steps, n + 1);
      }
      ScanTile.back(block, s, steps, n, dhAt + sum, daAt + sum, dbAt + plane, dcAt + plane);
      through(s, steps, n, sum);
      through(s, steps, n + 1, sum + CHANNELS);
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

  /** From the gradient of what state n takes in to that of x, if it is not the same. */
  private void through(float[] s, int steps, int n, int sum) {
    if (block.perChannel) {
      InvariantMatrices.back(block, s, steps, n, dbSumAt + sum, dcSumAt + sum);
    }
    if (block.hold) {
      ZeroOrderHold.back(block, s, steps, n, daAt + sum);
    } else if (block.perChannel) {
      InvariantMatrices.through(s, n % 2);
    }
  }

  /** From dx and dy: du in the place of u, d delta and d skip. */
  private void end(float[] s, int steps, int index) {
    for (int half = 0; half < CHANNELS; half += LENGTH) {
      FloatVector skip = fromArray(SPECIES, s, block.skipAt + half);
      FloatVector dSkip = fromArray(SPECIES, s, dSkipAt + index * CHANNELS + half);
      for (int i = (steps - 1) * CHANNELS + half; i >= 0; i -= CHANNELS) {
        FloatVector u = fromArray(SPECIES, s, U + i);
        FloatVector dy = fromArray(SPECIES, s, DY + i);
        FloatVector dx = fromArray(SPECIES, s, DX + i);
        FloatVector delta = fromArray(SPECIES, s, DELTA + i);
        FloatVector dDelta = fromArray(SPECIES, s, D_DELTA + i);
        dSkip = dy.fma(u, dSkip);
        dx.fma(delta, dy.mul(skip)).intoArray(s, U + i);
        dx.fma(u, dDelta).intoArray(s, D_DELTA + i);
      }
      dSkip.intoArray(s, dSkipAt + index * CHANNELS + half);
    }
  }

  /** The sums over channels of a gradient of B or C: {@code x [steps, states]}, ldx apart. */
  void sumLanes(float[] s, int s0, int steps, float[] x, int x0, int ldx) {
    for (int n = 0; n < block.states; n++) {
      for (int i = 0; i < steps; i++) {
        x[x0 + i * ldx + n] = Strips.sum(s, s0 + n * ScanTile.PLANE + i * ScanTile.ROW, Lanes.SUM);
      }
    }
  }
}
