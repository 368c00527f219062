package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.Recurrent;

/** Kernels of {@link Recurrent.GruCell} and its gradient. A unit is a batch row. */
final class GruKernels {
  private GruKernels() {}

  static final class GruCell implements Kernel {
    private final Operand input;
    private final Operand state;
    private final Operand oldHidden;
    private final Operand mask;
    private final Operand hiddenOut;
    private final Operand activated;
    private final int rows;
    private final int width;

    GruCell(Node n, Memory memory) {
      input = memory.of(n.in(0));
      state = memory.of(n.in(1));
      oldHidden = memory.of(n.in(2));
      mask = n.in().size() == 4 ? memory.of(n.in(3)) : null;
      hiddenOut = memory.of(n.out(0));
      activated = memory.of(n.out(1));
      rows = n.in(2).shape().dim(0);
      width = n.in(2).shape().dim(1);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      for (int row = from; row < to; row++) {
        activate(t, row * 3 * width);
        float[] a = activated.data();
        float[] old = oldHidden.data();
        float[] y = hiddenOut.data();
        int update = activated.at(t) + row * 3 * width + width;
        int fresh = update + width;
        int oldAt = oldHidden.at(t) + row * width;
        int yAt = hiddenOut.at(t) + row * width;
        if (mask != null && mask.data()[mask.at(t) + row] == 0) {
          Strips.copy(old, oldAt, y, yAt, width);
        } else {
          Strips.subtract(old, oldAt, a, fresh, y, yAt, width);
          Strips.multiplyAdd(a, update, y, yAt, a, fresh, y, yAt, width);
        }
      }
    }

    private void activate(int t, int row) {
      float[] x = input.data();
      float[] s = state.data();
      float[] a = activated.data();
      int xAt = input.at(t) + row;
      int sAt = state.at(t) + row;
      int aAt = activated.at(t) + row;
      int fresh = 2 * width;
      Strips.add(x, xAt, s, sAt, a, aAt, 2 * width);
      Functions.sigmoid(a, aAt, a, aAt, 2 * width);
      Strips.multiplyAdd(a, aAt, s, sAt + fresh, x, xAt + fresh, a, aAt + fresh, width);
      Functions.tanh(a, aAt + fresh, a, aAt + fresh, width);
    }
  }

  static final class GruCellGradient implements Kernel {
    private final Operand dHidden;
    private final Operand activated;
    private final Operand state;
    private final Operand oldHidden;
    private final Operand mask;
    private final Operand dInput;
    private final Operand dState;
    private final Operand dOldHidden;
    private final int rows;
    private final int width;

    GruCellGradient(Node n, Memory memory) {
      dHidden = memory.of(n.in(0));
      activated = memory.of(n.in(1));
      state = memory.of(n.in(2));
      oldHidden = memory.of(n.in(3));
      mask = n.in().size() == 5 ? memory.of(n.in(4)) : null;
      dInput = memory.of(n.out(0));
      dState = memory.of(n.out(1));
      dOldHidden = memory.of(n.out(2));
      rows = n.in(3).shape().dim(0);
      width = n.in(3).shape().dim(1);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      for (int row = from; row < to; row++) {
        int at = row * width;
        if (mask != null && mask.data()[mask.at(t) + row] == 0) {
          int x = dInput.at(t) + 3 * at;
          int s = dState.at(t) + 3 * at;
          Arrays.fill(dInput.data(), x, x + 3 * width, 0);
          Arrays.fill(dState.data(), s, s + 3 * width, 0);
          Strips.copy(
              dHidden.data(), dHidden.at(t) + at, dOldHidden.data(), dOldHidden.at(t) + at, width);
        } else {
          throughHidden(t, at);
          throughReset(t, at);
        }
      }
    }

    /**
     * {@code h = n + z (old - n)}: gives d n, d z and d old h. May write over the activated gates,
     * so what they are still needed for lies in the place of others meanwhile.
     */
    private void throughHidden(int t, int at) {
      float[] a = activated.data();
      float[] dh = dHidden.data();
      float[] dx = dInput.data();
      float[] ds = dState.data();
      float[] dOld = dOldHidden.data();
      int h = dHidden.at(t) + at;
      int old = dOldHidden.at(t) + at;
      int update = activated.at(t) + 3 * at + width;
      int fresh = update + width;
      int dUpdate = dState.at(t) + 3 * at + width;
      int dFresh = dInput.at(t) + 3 * at + 2 * width;
      Strips.subtract(oldHidden.data(), oldHidden.at(t) + at, a, fresh, ds, dUpdate, width);
      Functions.throughSigmoid(dh, h, ds, dUpdate, a, update, ds, dUpdate, width);
      Strips.affine(-1, a, update, 1, dOld, old, width);
      Functions.throughTanh(dh, h, dOld, old, a, fresh, dx, dFresh, width);
      Strips.multiply(dh, h, a, update, dOld, old, width);
    }

    /**
     * {@code n = tanh(x + r s)}: gives d r, and with it all of d state. May write over the
     * projected state.
     */
    private void throughReset(int t, int at) {
      float[] a = activated.data();
      float[] dx = dInput.data();
      float[] ds = dState.data();
      int reset = activated.at(t) + 3 * at;
      int x = dInput.at(t) + 3 * at;
      int s = dState.at(t) + 3 * at;
      int fresh = 2 * width;
      int stateFresh = state.at(t) + 3 * at + fresh;
      Functions.throughSigmoid(dx, x + fresh, state.data(), stateFresh, a, reset, ds, s, width);
      Strips.multiply(dx, x + fresh, a, reset, ds, s + fresh, width);
      Strips.copy(ds, s, dx, x, 2 * width);
    }
  }
}
