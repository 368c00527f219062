package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The way back through a {@link ScanBlock} that has run, behind it in the same scratch. The
 * gradients of B and C keep their lanes apart while the blocks of a chunk add to them one after the
 * other.
 */
final class ScanBlockGradient {
  // [STEPS][LENGTH].
  final int dyAt;
  final int duAt;
  final int dDeltaAt;
  // [STEPS][states][spread][LENGTH]; dInput [STEPS][states][LENGTH] is dB where the gain is 1.
  final int dbAt;
  final int dcAt;
  private final int dInputAt;
  // Of all blocks of a batch row: [blocks][states][LENGTH] and, of skip, [blocks][LENGTH]; B and C
  // only if they are the same at all times.
  final int dhAt;
  final int daAt;
  final int dbSumAt;
  final int dcSumAt;
  final int dSkipAt;
  private final int end;

  private final ScanBlock block;
  private final int step;

  /** How many vectors the sums over channels of B and C are taken in, see {@link Lanes#SUM}. */
  private final int spread;

  ScanBlockGradient(ScanBlock block) {
    this.block = block;
    step = block.step;
    spread = block.perChannel ? 1 : Lanes.SUM / LENGTH;
    int chunk = ScanBlock.STEPS * step;
    dyAt = block.floats;
    duAt = dyAt + ScanBlock.STEPS * LENGTH;
    dDeltaAt = duAt + ScanBlock.STEPS * LENGTH;
    dbAt = dDeltaAt + ScanBlock.STEPS * LENGTH;
    dcAt = dbAt + chunk * spread;
    int behind = dcAt + chunk * spread;
    dInputAt = block.hold ? behind : dbAt;
    dhAt = block.hold ? behind + chunk : behind;
    daAt = dhAt + block.blocks * step;
    dbSumAt = daAt + block.blocks * step;
    dcSumAt = block.perChannel ? dbSumAt + block.blocks * step : dbSumAt;
    dSkipAt = block.perChannel ? dcSumAt + block.blocks * step : dbSumAt;
    end = dSkipAt + block.blocks * LENGTH;
  }

  /** Floats of the block and of this. */
  int floats() {
    return end;
  }

  /** Sets to zero what is summed over a batch row. */
  void beginRow(float[] s) {
    Arrays.fill(s, daAt, end, 0);
  }

  /** Sets to zero what is summed over the blocks of a chunk. */
  void beginChunk(float[] s) {
    Arrays.fill(s, dbAt, dcAt + ScanBlock.STEPS * step * spread, 0);
  }

  /** From dy: du, d delta, and what block {@code index} adds to all the sums. */
  void run(float[] s, int steps, int index) {
    if (block.hold) {
      Arrays.fill(s, dInputAt, dInputAt + steps * step, 0);
    }
    back(s, steps, index);
    if (block.hold) {
      throughGain(s, steps, index);
    }
    if (block.perChannel) {
      addSteps(s, dbAt, steps, dbSumAt + index * step);
      addSteps(s, dcAt, steps, dcSumAt + index * step);
      beginChunk(s);
    }
  }

  private void back(float[] s, int steps, int index) {
    int dh = dhAt + index * step;
    int da = daAt + index * step;
    int part = index % spread * LENGTH;
    int inputSpread = block.hold ? 1 : spread;
    int inputPart = block.hold ? 0 : part;
    FloatVector skip = fromArray(SPECIES, s, block.skipAt);
    FloatVector dSkip = fromArray(SPECIES, s, dSkipAt + index * LENGTH);
    for (int i = steps - 1; i >= 0; i--) {
      FloatVector u = fromArray(SPECIES, s, block.uAt + i * LENGTH);
      FloatVector delta = fromArray(SPECIES, s, block.deltaAt + i * LENGTH);
      FloatVector dy = fromArray(SPECIES, s, dyAt + i * LENGTH);
      FloatVector x = u.mul(delta);
      FloatVector dx = broadcast(SPECIES, 0);
      FloatVector dDelta = broadcast(SPECIES, 0);
      dSkip = dy.fma(u, dSkip);
      for (int j = 0; j < step; j += LENGTH) {
        int at = i * step + j;
        FloatVector d =
            dy.fma(fromArray(SPECIES, s, block.cAt + at), fromArray(SPECIES, s, dh + j));
        FloatVector after = fromArray(SPECIES, s, block.hiddenAt + at + step);
        int dc = dcAt + at * spread + part;
        dy.fma(after, fromArray(SPECIES, s, dc)).intoArray(s, dc);
        int dInput = dInputAt + at * inputSpread + inputPart;
        d.fma(x, fromArray(SPECIES, s, dInput)).intoArray(s, dInput);
        dx = d.fma(fromArray(SPECIES, s, block.inputAt + at), dx);
        FloatVector before = d.mul(fromArray(SPECIES, s, block.decayAt + at));
        before.intoArray(s, dh + j);
        FloatVector dz = before.mul(fromArray(SPECIES, s, block.hiddenAt + at));
        dDelta = dz.fma(fromArray(SPECIES, s, block.aAt + j), dDelta);
        dz.fma(delta, fromArray(SPECIES, s, da + j)).intoArray(s, da + j);
      }
      dx.fma(delta, dy.mul(skip)).intoArray(s, duAt + i * LENGTH);
      dx.fma(u, dDelta).intoArray(s, dDeltaAt + i * LENGTH);
    }
    dSkip.intoArray(s, dSkipAt + index * LENGTH);
  }

  /**
   * Through input = gain(z) B, to B and to z = delta A. The gain's slope is {@code (exp(z) - gain)
   * / z}, near 0 by its series.
   */
  private void throughGain(float[] s, int steps, int index) {
    int da = daAt + index * step;
    FloatVector c0 = broadcast(SPECIES, 1 / 2f);
    FloatVector c1 = broadcast(SPECIES, 1 / 3f);
    FloatVector c2 = broadcast(SPECIES, 1 / 8f);
    FloatVector c3 = broadcast(SPECIES, 1 / 30f);
    FloatVector c4 = broadcast(SPECIES, 1 / 144f);
    FloatVector c5 = broadcast(SPECIES, 1 / 840f);
    FloatVector c6 = broadcast(SPECIES, 1 / 5760f);
    for (int i = 0; i < steps; i++) {
      FloatVector delta = fromArray(SPECIES, s, block.deltaAt + i * LENGTH);
      FloatVector dDelta = fromArray(SPECIES, s, dDeltaAt + i * LENGTH);
      for (int j = 0; j < step; j += LENGTH) {
        int at = i * step + j;
        FloatVector a = fromArray(SPECIES, s, block.aAt + j);
        FloatVector z = delta.mul(a);
        FloatVector p = z.mul(1 / 45360f).add(c6).fma(z, c5).fma(z, c4).fma(z, c3);
        p = p.fma(z, c2).fma(z, c1).fma(z, c0);
        FloatVector gain = fromArray(SPECIES, s, block.gainAt + at);
        FloatVector quotient = fromArray(SPECIES, s, block.decayAt + at).sub(gain).div(z);
        FloatVector slope = p.blend(quotient, z.abs().compare(VectorOperators.GT, ScanBlock.SMALL));
        FloatVector d = fromArray(SPECIES, s, dInputAt + at);
        int db = dbAt + at * spread + index % spread * LENGTH;
        d.fma(gain, fromArray(SPECIES, s, db)).intoArray(s, db);
        FloatVector dz = d.mul(fromArray(SPECIES, s, block.bAt + at)).mul(slope);
        dDelta = dz.fma(a, dDelta);
        dz.fma(delta, fromArray(SPECIES, s, da + j)).intoArray(s, da + j);
      }
      dDelta.intoArray(s, dDeltaAt + i * LENGTH);
    }
  }

  /** The sums over channels of a gradient of B or C: {@code x [steps, states]}. */
  void sumLanes(float[] s, int s0, int steps, float[] x, int x0) {
    for (int i = 0; i < steps * block.states; i++) {
      float sum = 0;
      for (int lane = 0; lane < Lanes.SUM; lane++) {
        sum += s[s0 + i * Lanes.SUM + lane];
      }
      x[x0 + i] = sum;
    }
  }

  private void addSteps(float[] s, int s0, int steps, int sum) {
    for (int i = 0; i < steps; i++) {
      Strips.add(s, sum, s, s0 + i * step, s, sum, step);
    }
  }
}
