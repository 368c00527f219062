package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.ScanArrays.ARRAY;
import static seqmark.backend.cpu.ScanArrays.CHANNELS;
import static seqmark.backend.cpu.ScanArrays.DX;
import static seqmark.backend.cpu.ScanArrays.DY;
import static seqmark.backend.cpu.ScanArrays.D_GAINED;
import static seqmark.backend.cpu.ScanArrays.GAIN;
import static seqmark.backend.cpu.ScanArrays.GAINED;
import static seqmark.backend.cpu.ScanArrays.HIDDEN_0;
import static seqmark.backend.cpu.ScanArrays.HIDDEN_1;
import static seqmark.backend.cpu.ScanArrays.READ_DY;
import static seqmark.backend.cpu.ScanArrays.X;
import static seqmark.backend.cpu.ScanArrays.Y;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * B and C that each channel has for itself and at all times: passes around those of a {@link
 * ScanTile}, whose own B and C are 1 then. State n is the first or, if it is odd, the second of a
 * pair.
 */
final class InvariantMatrices {
  private InvariantMatrices() {}

  /** {@code B gain x}, what a state takes in. */
  static void gain(ScanBlock block, float[] s, int steps, int n) {
    int gain = GAIN + n % 2 * ARRAY;
    int gained = GAINED + n % 2 * ARRAY;
    for (int half = 0; half < CHANNELS; half += LENGTH) {
      FloatVector b = fromArray(SPECIES, s, block.bChannelAt + n * CHANNELS + half);
      for (int at = half; at < steps * CHANNELS; at += CHANNELS) {
        FloatVector x = fromArray(SPECIES, s, X + at).mul(fromArray(SPECIES, s, gain + at));
        x.mul(b).intoArray(s, gained + at);
      }
    }
  }

  /** {@code y = y + C h}, of the states after each step. */
  static void read(ScanBlock block, float[] s, int steps, int n) {
    int hidden = n % 2 == 0 ? HIDDEN_0 : HIDDEN_1;
    for (int half = 0; half < CHANNELS; half += LENGTH) {
      FloatVector c = fromArray(SPECIES, s, block.cChannelAt + n * CHANNELS + half);
      for (int at = half; at < steps * CHANNELS; at += CHANNELS) {
        FloatVector h = fromArray(SPECIES, s, hidden + at);
        h.fma(c, fromArray(SPECIES, s, Y + at)).intoArray(s, Y + at);
      }
    }
  }

  /** {@code C dy}, what comes to a state from its step. */
  static void seed(ScanBlock block, float[] s, int steps, int n) {
    int to = READ_DY + n % 2 * ARRAY;
    for (int half = 0; half < CHANNELS; half += LENGTH) {
      FloatVector c = fromArray(SPECIES, s, block.cChannelAt + n * CHANNELS + half);
      for (int at = half; at < steps * CHANNELS; at += CHANNELS) {
        c.mul(fromArray(SPECIES, s, DY + at)).intoArray(s, to + at);
      }
    }
  }

  /**
   * From the gradient of what a state takes in: adds to d B and d C, which are at {@code db} and
   * {@code dc}, and puts the gradient of {@code gain x} in its place.
   */
  static void back(ScanBlock block, float[] s, int steps, int n, int db, int dc) {
    int k = n % 2;
    int hidden = k == 0 ? HIDDEN_0 : HIDDEN_1;
    for (int half = 0; half < CHANNELS; half += LENGTH) {
      FloatVector b = fromArray(SPECIES, s, block.bChannelAt + n * CHANNELS + half);
      FloatVector dB = fromArray(SPECIES, s, db + half);
      FloatVector dC = fromArray(SPECIES, s, dc + half);
      for (int at = half; at < steps * CHANNELS; at += CHANNELS) {
        FloatVector d = fromArray(SPECIES, s, D_GAINED + k * ARRAY + at);
        FloatVector gain = fromArray(SPECIES, s, GAIN + k * ARRAY + at);
        dB = gain.mul(fromArray(SPECIES, s, X + at)).fma(d, dB);
        dC = fromArray(SPECIES, s, hidden + at).fma(fromArray(SPECIES, s, DY + at), dC);
        d.mul(b).intoArray(s, D_GAINED + k * ARRAY + at);
      }
      dB.intoArray(s, db + half);
      dC.intoArray(s, dc + half);
    }
  }

  /** The same gradient, where the gain is 1, added to that of x; leaves zeros. */
  static void through(float[] s, int k) {
    int d = D_GAINED + k * ARRAY;
    Strips.add(s, DX, s, d, s, DX, ARRAY);
    Arrays.fill(s, d, d + ARRAY, 0);
  }
}
