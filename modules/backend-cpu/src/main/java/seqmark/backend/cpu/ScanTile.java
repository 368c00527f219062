package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.ScanArrays.ARRAY;
import static seqmark.backend.cpu.ScanArrays.CHANNELS;
import static seqmark.backend.cpu.ScanArrays.DECAY;
import static seqmark.backend.cpu.ScanArrays.DELTA;
import static seqmark.backend.cpu.ScanArrays.D_DELTA;
import static seqmark.backend.cpu.ScanArrays.HIDDEN_0;
import static seqmark.backend.cpu.ScanArrays.HIDDEN_1;
import static seqmark.backend.cpu.ScanArrays.STEPS;
import static seqmark.backend.cpu.ScanArrays.Y;

import jdk.incubator.vector.FloatVector;

/**
 * All steps of a {@link ScanBlock} for two states of its two vectors of channels, in registers: L
 * and R are the vectors, 0 and 1 the states. Four recurrences side by side hide what one of them
 * waits for, and what belongs to a state or to a channel is loaded once for two.
 */
final class ScanTile {
  /** Floats between the steps of a sum over channels, see {@link Lanes#SUM}. */
  static final int ROW = Lanes.SUM;

  /** Floats between such sums of one state and of the next: {@code [STEPS][ROW]}. */
  static final int PLANE = STEPS * ROW;

  /** Where R adds to them; L's place, where a vector has all lanes of a sum. */
  private static final int RIGHT = Lanes.SUM - LENGTH;

  private ScanTile() {}

  /** {@code h = decay h + B x}, {@code y = y + C h}, for states n and n + 1 that lie at state. */
  static void read(ScanBlock block, float[] s, int steps, int n, int state) {
    int x0 = block.xAt(0);
    int x1 = block.xAt(1);
    int b = block.bAt + n * STEPS;
    int c = block.cAt + n * STEPS;
    FloatVector hL0 = fromArray(SPECIES, s, state);
    FloatVector hR0 = fromArray(SPECIES, s, state + LENGTH);
    FloatVector hL1 = fromArray(SPECIES, s, state + CHANNELS);
    FloatVector hR1 = fromArray(SPECIES, s, state + CHANNELS + LENGTH);
    for (int i = 0; i < steps; i++) {
      int l = i * CHANNELS;
      int r = l + LENGTH;
      FloatVector bxL0 = fromArray(SPECIES, s, x0 + l).mul(s[b + i]);
      FloatVector bxR0 = fromArray(SPECIES, s, x0 + r).mul(s[b + i]);
      FloatVector bxL1 = fromArray(SPECIES, s, x1 + l).mul(s[b + STEPS + i]);
      FloatVector bxR1 = fromArray(SPECIES, s, x1 + r).mul(s[b + STEPS + i]);
      hL0 = hL0.fma(fromArray(SPECIES, s, DECAY + l), bxL0);
      hR0 = hR0.fma(fromArray(SPECIES, s, DECAY + r), bxR0);
      hL1 = hL1.fma(fromArray(SPECIES, s, DECAY + ARRAY + l), bxL1);
      hR1 = hR1.fma(fromArray(SPECIES, s, DECAY + ARRAY + r), bxR1);
      FloatVector c0 = broadcast(SPECIES, s[c + i]);
      FloatVector c1 = broadcast(SPECIES, s[c + STEPS + i]);
      FloatVector yL = hL0.fma(c0, fromArray(SPECIES, s, Y + l));
      FloatVector yR = hR0.fma(c0, fromArray(SPECIES, s, Y + r));
      hL1.fma(c1, yL).intoArray(s, Y + l);
      hR1.fma(c1, yR).intoArray(s, Y + r);
    }
    hL0.intoArray(s, state);
    hR0.intoArray(s, state + LENGTH);
    hL1.intoArray(s, state + CHANNELS);
    hR1.intoArray(s, state + CHANNELS + LENGTH);
  }

  /** States n and n + 1 before and after each step, from those at {@code state} on. */
  static void remember(ScanBlock block, float[] s, int steps, int n, int state) {
    int x0 = block.xAt(0);
    int x1 = block.xAt(1);
    int b = block.bAt + n * STEPS;
    FloatVector hL0 = fromArray(SPECIES, s, state);
    FloatVector hR0 = fromArray(SPECIES, s, state + LENGTH);
    FloatVector hL1 = fromArray(SPECIES, s, state + CHANNELS);
    FloatVector hR1 = fromArray(SPECIES, s, state + CHANNELS + LENGTH);
    hL0.intoArray(s, HIDDEN_0 - CHANNELS);
    hR0.intoArray(s, HIDDEN_0 - LENGTH);
    hL1.intoArray(s, HIDDEN_1 - CHANNELS);
    hR1.intoArray(s, HIDDEN_1 - LENGTH);
    for (int i = 0; i < steps; i++) {
      int l = i * CHANNELS;
      int r = l + LENGTH;
      FloatVector bxL0 = fromArray(SPECIES, s, x0 + l).mul(s[b + i]);
      FloatVector bxR0 = fromArray(SPECIES, s, x0 + r).mul(s[b + i]);
      FloatVector bxL1 = fromArray(SPECIES, s, x1 + l).mul(s[b + STEPS + i]);
      FloatVector bxR1 = fromArray(SPECIES, s, x1 + r).mul(s[b + STEPS + i]);
      hL0 = hL0.fma(fromArray(SPECIES, s, DECAY + l), bxL0);
      hR0 = hR0.fma(fromArray(SPECIES, s, DECAY + r), bxR0);
      hL1 = hL1.fma(fromArray(SPECIES, s, DECAY + ARRAY + l), bxL1);
      hR1 = hR1.fma(fromArray(SPECIES, s, DECAY + ARRAY + r), bxR1);
      hL0.intoArray(s, HIDDEN_0 + l);
      hR0.intoArray(s, HIDDEN_0 + r);
      hL1.intoArray(s, HIDDEN_1 + l);
      hR1.intoArray(s, HIDDEN_1 + r);
    }
  }

  /**
   * From the last step to the first, through what {@link #remember} left: adds to the gradients of
   * x and delta, and to sums at {@code da}, {@code db} and {@code dc}; the gradient of the states
   * is at {@code dh}.
   */
  static void back(ScanBlock block, float[] s, int steps, int n, int dh, int da, int db, int dc) {
    int b = block.bAt + n * STEPS;
    int c = block.cAt + n * STEPS;
    int x0 = block.xAt(0);
    int x1 = block.xAt(1);
    int dx0 = block.dxAt(0);
    int dx1 = block.dxAt(1);
    int dy0 = block.dyAt(0);
    int dy1 = block.dyAt(1);
    int a = block.aAt + n * CHANNELS;
    FloatVector aL0 = fromArray(SPECIES, s, a);
    FloatVector aR0 = fromArray(SPECIES, s, a + LENGTH);
    FloatVector aL1 = fromArray(SPECIES, s, a + CHANNELS);
    FloatVector aR1 = fromArray(SPECIES, s, a + CHANNELS + LENGTH);
    FloatVector dhL0 = fromArray(SPECIES, s, dh);
    FloatVector dhR0 = fromArray(SPECIES, s, dh + LENGTH);
    FloatVector dhL1 = fromArray(SPECIES, s, dh + CHANNELS);
    FloatVector dhR1 = fromArray(SPECIES, s, dh + CHANNELS + LENGTH);
    FloatVector daL0 = fromArray(SPECIES, s, da);
    FloatVector daR0 = fromArray(SPECIES, s, da + LENGTH);
    FloatVector daL1 = fromArray(SPECIES, s, da + CHANNELS);
    FloatVector daR1 = fromArray(SPECIES, s, da + CHANNELS + LENGTH);
    int end = (steps - 1) * CHANNELS;
    FloatVector hL0 = fromArray(SPECIES, s, HIDDEN_0 + end);
    FloatVector hR0 = fromArray(SPECIES, s, HIDDEN_0 + end + LENGTH);
    FloatVector hL1 = fromArray(SPECIES, s, HIDDEN_1 + end);
    FloatVector hR1 = fromArray(SPECIES, s, HIDDEN_1 + end + LENGTH);
    for (int i = steps - 1; i >= 0; i--) {
      int l = i * CHANNELS;
      int r = l + LENGTH;
      int row0 = i * ROW;
      int row1 = row0 + PLANE;
      FloatVector dyL0 = fromArray(SPECIES, s, dy0 + l);
      FloatVector dyR0 = fromArray(SPECIES, s, dy0 + r);
      FloatVector dyL1 = fromArray(SPECIES, s, dy1 + l);
      FloatVector dyR1 = fromArray(SPECIES, s, dy1 + r);
      FloatVector dc0 = dyL0.fma(hL0, fromArray(SPECIES, s, dc + row0));
      FloatVector dc1 = dyL1.fma(hL1, fromArray(SPECIES, s, dc + row1));
      if (RIGHT > 0) {
        dc0.intoArray(s, dc + row0);
        dc1.intoArray(s, dc + row1);
        dc0 = fromArray(SPECIES, s, dc + row0 + RIGHT);
        dc1 = fromArray(SPECIES, s, dc + row1 + RIGHT);
      }
      dyR0.fma(hR0, dc0).intoArray(s, dc + row0 + RIGHT);
      dyR1.fma(hR1, dc1).intoArray(s, dc + row1 + RIGHT);
      FloatVector c0 = broadcast(SPECIES, s[c + i]);
      FloatVector c1 = broadcast(SPECIES, s[c + STEPS + i]);
      dhL0 = dyL0.fma(c0, dhL0);
      dhR0 = dyR0.fma(c0, dhR0);
      dhL1 = dyL1.fma(c1, dhL1);
      dhR1 = dyR1.fma(c1, dhR1);
      FloatVector db0 = dhL0.fma(fromArray(SPECIES, s, x0 + l), fromArray(SPECIES, s, db + row0));
      FloatVector db1 = dhL1.fma(fromArray(SPECIES, s, x1 + l), fromArray(SPECIES, s, db + row1));
      if (RIGHT > 0) {
        db0.intoArray(s, db + row0);
        db1.intoArray(s, db + row1);
        db0 = fromArray(SPECIES, s, db + row0 + RIGHT);
        db1 = fromArray(SPECIES, s, db + row1 + RIGHT);
      }
      dhR0.fma(fromArray(SPECIES, s, x0 + r), db0).intoArray(s, db + row0 + RIGHT);
      dhR1.fma(fromArray(SPECIES, s, x1 + r), db1).intoArray(s, db + row1 + RIGHT);
      FloatVector b0 = broadcast(SPECIES, s[b + i]);
      FloatVector b1 = broadcast(SPECIES, s[b + STEPS + i]);
      dhL0.fma(b0, fromArray(SPECIES, s, dx0 + l)).intoArray(s, dx0 + l);
      dhR0.fma(b0, fromArray(SPECIES, s, dx0 + r)).intoArray(s, dx0 + r);
      dhL1.fma(b1, fromArray(SPECIES, s, dx1 + l)).intoArray(s, dx1 + l);
      dhR1.fma(b1, fromArray(SPECIES, s, dx1 + r)).intoArray(s, dx1 + r);
      dhL0 = dhL0.mul(fromArray(SPECIES, s, DECAY + l));
      dhR0 = dhR0.mul(fromArray(SPECIES, s, DECAY + r));
      dhL1 = dhL1.mul(fromArray(SPECIES, s, DECAY + ARRAY + l));
      dhR1 = dhR1.mul(fromArray(SPECIES, s, DECAY + ARRAY + r));
      hL0 = fromArray(SPECIES, s, HIDDEN_0 - CHANNELS + l);
      hR0 = fromArray(SPECIES, s, HIDDEN_0 - CHANNELS + r);
      hL1 = fromArray(SPECIES, s, HIDDEN_1 - CHANNELS + l);
      hR1 = fromArray(SPECIES, s, HIDDEN_1 - CHANNELS + r);
      FloatVector deltaL = fromArray(SPECIES, s, DELTA + l);
      FloatVector deltaR = fromArray(SPECIES, s, DELTA + r);
      FloatVector dzL0 = dhL0.mul(hL0);
      FloatVector dzR0 = dhR0.mul(hR0);
      FloatVector dzL1 = dhL1.mul(hL1);
      FloatVector dzR1 = dhR1.mul(hR1);
      daL0 = dzL0.fma(deltaL, daL0);
      daR0 = dzR0.fma(deltaR, daR0);
      daL1 = dzL1.fma(deltaL, daL1);
      daR1 = dzR1.fma(deltaR, daR1);
      FloatVector dDeltaL = dzL0.fma(aL0, fromArray(SPECIES, s, D_DELTA + l));
      FloatVector dDeltaR = dzR0.fma(aR0, fromArray(SPECIES, s, D_DELTA + r));
      dzL1.fma(aL1, dDeltaL).intoArray(s, D_DELTA + l);
      dzR1.fma(aR1, dDeltaR).intoArray(s, D_DELTA + r);
    }
    dhL0.intoArray(s, dh);
    dhR0.intoArray(s, dh + LENGTH);
    dhL1.intoArray(s, dh + CHANNELS);
    dhR1.intoArray(s, dh + CHANNELS + LENGTH);
    daL0.intoArray(s, da);
    daR0.intoArray(s, da + LENGTH);
    daL1.intoArray(s, da + CHANNELS);
    daR1.intoArray(s, da + CHANNELS + LENGTH);
  }
}
