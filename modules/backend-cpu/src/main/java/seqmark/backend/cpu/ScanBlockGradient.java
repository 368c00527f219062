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
  /** A gradient of a state that is smaller before a chunk is taken for 0. */
  private static final float NONE = 0x1p-64f;

  // [STEPS][LENGTH]; dx and dGained are of delta u, without and with the gain.
  final int dyAt;
  final int duAt;
  final int dDeltaAt;
  private final int dxAt;
  private final int dGainedAt;
  // Of all blocks of a batch row: [blocks][states][LENGTH] and, of skip, [blocks][LENGTH].
  final int dhAt;
  final int daAt;
  final int dSkipAt;
  // As dh, or, if B and C change in time, [states][STEPS][spread][LENGTH] of a chunk.
  final int dbAt;
  final int dcAt;

  /** {@code [states][LENGTH]}: before the chunk. */
  final int stateAt;

  private final int end;

  private final ScanBlock block;
  private final int step;

  /** How many vectors the sums over channels of B and C are taken in, see {@link Lanes#SUM}. */
  private final int spread;

  ScanBlockGradient(ScanBlock block) {
    this.block = block;
    step = block.step;
    spread = block.perChannel ? 1 : Lanes.SUM / LENGTH;
    int chunk = ScanBlock.STEPS * LENGTH;
    int all = block.blocks * step;
    int changing = block.states * chunk * spread;
    stateAt = block.floats;
    dyAt = stateAt + step;
    duAt = dyAt + chunk;
    dDeltaAt = duAt + chunk;
    dxAt = dDeltaAt + chunk;
    dGainedAt = block.hold ? dxAt + chunk : dxAt;
    dhAt = dxAt + 2 * chunk;
    daAt = dhAt + all;
    dSkipAt = daAt + all;
    dbAt = dSkipAt + block.blocks * LENGTH;
    dcAt = dbAt + (block.perChannel ? all : changing);
    end = dcAt + (block.perChannel ? all : changing);
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
    if (!block.perChannel) {
      Arrays.fill(s, dbAt, end, 0);
    }
  }

  /** From dy: du, d delta, and what block {@code index} adds to all the sums. */
  void run(float[] s, int steps, int index) {
    block.begin(s, steps);
    Arrays.fill(s, dDeltaAt, dGainedAt + ScanBlock.STEPS * LENGTH, 0);
    for (int n = 0; n < block.states; n++) {
      block.run(s, steps, n, stateAt + n * LENGTH);
      back(s, steps, index, n);
      if (block.hold) {
        throughGain(s, steps, index, n);
      }
    }
    end(s, steps, index);
  }

  /**
   * From the last step to the first. Where no loss is behind, dh fades over a hundred steps; it
   * ends at {@link #NONE}, because subnormal numbers would take each step fifty times as long.
   */
  private void back(float[] s, int steps, int index, int n) {
    int sum = index * step + n * LENGTH;
    int stride = block.perChannel ? 0 : spread * LENGTH;
    int part = block.perChannel ? sum : n * ScanBlock.STEPS * stride + index % spread * LENGTH;
    FloatVector a = fromArray(SPECIES, s, block.aAt + n * LENGTH);
    FloatVector b = fromArray(SPECIES, s, block.bChannelAt + n * LENGTH);
    FloatVector c = fromArray(SPECIES, s, block.cChannelAt + n * LENGTH);
    FloatVector dh = fromArray(SPECIES, s, dhAt + sum);
    dh = dh.blend(0f, dh.abs().compare(VectorOperators.LT, NONE));
    FloatVector da = fromArray(SPECIES, s, daAt + sum);
    for (int i = steps - 1; i >= 0; i--) {
      int at = i * LENGTH;
      int db = dbAt + part + i * stride;
      int dc = dcAt + part + i * stride;
      FloatVector dy = fromArray(SPECIES, s, dyAt + at);
      FloatVector d = dy.mul(s[block.cStepAt + n * ScanBlock.STEPS + i]).fma(c, dh);
      FloatVector after = fromArray(SPECIES, s, block.hiddenAt + LENGTH + at);
      dy.fma(after, fromArray(SPECIES, s, dc)).intoArray(s, dc);
      FloatVector gained = fromArray(SPECIES, s, block.gainedAt + at);
      d.fma(gained, fromArray(SPECIES, s, db)).intoArray(s, db);
      FloatVector in = b.mul(s[block.bStepAt + n * ScanBlock.STEPS + i]);
      d.fma(in, fromArray(SPECIES, s, dGainedAt + at)).intoArray(s, dGainedAt + at);
      dh = d.mul(fromArray(SPECIES, s, block.decayAt + at));
      FloatVector dz = dh.mul(fromArray(SPECIES, s, block.hiddenAt + at));
      dz.fma(a, fromArray(SPECIES, s, dDeltaAt + at)).intoArray(s, dDeltaAt + at);
      da = dz.fma(fromArray(SPECIES, s, block.deltaAt + at), da);
    }
    dh.intoArray(s, dhAt + sum);
    da.intoArray(s, daAt + sum);
  }

  /**
   * Through gained = gain(z) x, to x and to z = delta A. The gain's slope is {@code (exp(z) - gain)
   * / z}, near 0 by its series.
   */
  private void throughGain(float[] s, int steps, int index, int n) {
    int sum = index * step + n * LENGTH;
    FloatVector c0 = broadcast(SPECIES, 1 / 2f);
    FloatVector c1 = broadcast(SPECIES, 1 / 3f);
    FloatVector c2 = broadcast(SPECIES, 1 / 8f);
    FloatVector c3 = broadcast(SPECIES, 1 / 30f);
    FloatVector c4 = broadcast(SPECIES, 1 / 144f);
    FloatVector c5 = broadcast(SPECIES, 1 / 840f);
    FloatVector c6 = broadcast(SPECIES, 1 / 5760f);
    FloatVector zero = broadcast(SPECIES, 0);
    FloatVector a = fromArray(SPECIES, s, block.aAt + n * LENGTH);
    FloatVector da = fromArray(SPECIES, s, daAt + sum);
    for (int i = 0; i < steps * LENGTH; i += LENGTH) {
      FloatVector delta = fromArray(SPECIES, s, block.deltaAt + i);
      FloatVector z = delta.mul(a);
      FloatVector p = z.mul(1 / 45360f).add(c6).fma(z, c5).fma(z, c4).fma(z, c3);
      p = p.fma(z, c2).fma(z, c1).fma(z, c0);
      FloatVector gain = fromArray(SPECIES, s, block.gainAt + i);
      FloatVector quotient = fromArray(SPECIES, s, block.decayAt + i).sub(gain).div(z);
      FloatVector slope = p.blend(quotient, z.abs().compare(VectorOperators.GT, ScanBlock.SMALL));
      FloatVector d = fromArray(SPECIES, s, dGainedAt + i);
      zero.intoArray(s, dGainedAt + i);
      d.fma(gain, fromArray(SPECIES, s, dxAt + i)).intoArray(s, dxAt + i);
      FloatVector dz = d.mul(fromArray(SPECIES, s, block.xAt + i)).mul(slope);
      dz.fma(a, fromArray(SPECIES, s, dDeltaAt + i)).intoArray(s, dDeltaAt + i);
      da = dz.fma(delta, da);
    }
    da.intoArray(s, daAt + sum);
  }

  /** From dx and dy: du, d delta and d skip. */
  private void end(float[] s, int steps, int index) {
    FloatVector skip = fromArray(SPECIES, s, block.skipAt);
    FloatVector dSkip = fromArray(SPECIES, s, dSkipAt + index * LENGTH);
    for (int i = (steps - 1) * LENGTH; i >= 0; i -= LENGTH) {
      FloatVector u = fromArray(SPECIES, s, block.uAt + i);
      FloatVector dy = fromArray(SPECIES, s, dyAt + i);
      FloatVector dx = fromArray(SPECIES, s, dxAt + i);
      FloatVector delta = fromArray(SPECIES, s, block.deltaAt + i);
      dSkip = dy.fma(u, dSkip);
      dx.fma(delta, dy.mul(skip)).intoArray(s, duAt + i);
      dx.fma(u, fromArray(SPECIES, s, dDeltaAt + i)).intoArray(s, dDeltaAt + i);
    }
    dSkip.intoArray(s, dSkipAt + index * LENGTH);
  }

  /** The sums over channels of a gradient of B or C: {@code x [steps, states]}. */
  void sumLanes(float[] s, int s0, int steps, float[] x, int x0) {
    for (int n = 0; n < block.states; n++) {
      for (int i = 0; i < steps; i++) {
        int at = s0 + (n * ScanBlock.STEPS + i) * Lanes.SUM;
        x[x0 + i * block.states + n] = Strips.sum(s, at, Lanes.SUM);
      }
    }
  }
}
