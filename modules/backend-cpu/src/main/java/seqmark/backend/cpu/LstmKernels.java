package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.Recurrent;

/**
 * Kernels of {@link Recurrent.LstmCell} and its gradient. A unit is a batch row, on which small
 * loops work one after the other while it is in the first-level cache.
 */
final class LstmKernels {
  private LstmKernels() {}

  static final class LstmCell implements Kernel {
    private final Operand gates;
    private final Operand oldCell;
    private final Operand oldHidden;
    private final Operand mask;
    private final Operand hiddenOut;
    private final Operand cellOut;
    private final Operand activated;
    private final int rows;
    private final int width;

    LstmCell(Node n, Memory memory) {
      boolean masked = n.in().size() == 4;
      gates = memory.of(n.in(0));
      oldCell = memory.of(n.in(1));
      oldHidden = masked ? memory.of(n.in(2)) : null;
      mask = masked ? memory.of(n.in(3)) : null;
      hiddenOut = memory.of(n.out(0));
      cellOut = memory.of(n.out(1));
      activated = memory.of(n.out(2));
      rows = n.in(1).shape().dim(0);
      width = n.in(1).shape().dim(1);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      for (int row = from; row < to; row++) {
        activate(t, row);
        int c = cellOut.at(t) + row * width;
        int h = hiddenOut.at(t) + row * width;
        int old = oldCell.at(t) + row * width;
        if (mask != null && mask.data()[mask.at(t) + row] == 0) {
          int kept = oldHidden.at(t) + row * width;
          Strips.copy(oldHidden.data(), kept, hiddenOut.data(), h, width);
          Strips.copy(oldCell.data(), old, cellOut.data(), c, width);
        } else {
          update(activated.at(t) + row * 4 * width, old, c, h);
        }
      }
    }

    private void activate(int t, int row) {
      float[] x = gates.data();
      float[] a = activated.data();
      int from = gates.at(t) + row * 4 * width;
      int to = activated.at(t) + row * 4 * width;
      Functions.sigmoid(x, from, a, to, 2 * width);
      Functions.tanh(x, from + 2 * width, a, to + 2 * width, width);
      Functions.sigmoid(x, from + 3 * width, a, to + 3 * width, width);
    }

    private void update(int gate, int old, int c, int h) {
      float[] a = activated.data();
      float[] cell = cellOut.data();
      float[] hidden = hiddenOut.data();
      Strips.multiply(a, gate, a, gate + 2 * width, cell, c, width);
      Strips.multiplyAdd(a, gate + width, oldCell.data(), old, cell, c, cell, c, width);
      Functions.tanh(cell, c, hidden, h, width);
      Strips.multiply(hidden, h, a, gate + 3 * width, hidden, h, width);
    }
  }

  static final class LstmCellGradient implements Kernel {
    private final Operand dHidden;
    private final Operand dCell;
    private final Operand activated;
    private final Operand oldCell;
    private final Operand newCell;
    private final Operand mask;
    private final Operand dGates;
    private final Operand dOldCell;
    private final Operand dOldHidden;
    private final int rows;
    private final int width;

    LstmCellGradient(Node n, Memory memory) {
      boolean masked = n.in().size() == 6;
      dHidden = memory.of(n.in(0));
      dCell = memory.of(n.in(1));
      activated = memory.of(n.in(2));
      oldCell = memory.of(n.in(3));
      newCell = memory.of(n.in(4));
      mask = masked ? memory.of(n.in(5)) : null;
      dGates = memory.of(n.out(0));
      dOldCell = memory.of(n.out(1));
      dOldHidden = masked ? memory.of(n.out(2)) : null;
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
        boolean keep = mask != null && mask.data()[mask.at(t) + row] == 0;
        if (keep) {
          int gate = dGates.at(t) + 4 * at;
          Arrays.fill(dGates.data(), gate, gate + 4 * width, 0);
          Strips.copy(dCell.data(), dCell.at(t) + at, dOldCell.data(), dOldCell.at(t) + at, width);
          Strips.copy(
              dHidden.data(), dHidden.at(t) + at, dOldHidden.data(), dOldHidden.at(t) + at, width);
          continue;
        }
        throughHidden(t, at);
        throughCell(t, at);
        if (mask != null) {
          int h = dOldHidden.at(t) + at;
          Arrays.fill(dOldHidden.data(), h, h + width, 0);
        }
      }
    }

    /** {@code h = o tanh(c)}: gives d o, and in the place of d old c all of d c. */
    private void throughHidden(int t, int at) {
      float[] a = activated.data();
      float[] dh = dHidden.data();
      float[] dg = dGates.data();
      float[] dc = dOldCell.data();
      int output = activated.at(t) + 4 * at + 3 * width;
      int dOutput = dGates.at(t) + 4 * at + 3 * width;
      int h = dHidden.at(t) + at;
      int c = dOldCell.at(t) + at;
      Functions.tanh(newCell.data(), newCell.at(t) + at, dg, dOutput, width);
      Functions.throughTanh(dh, h, a, output, dg, dOutput, dc, c, width);
      Strips.add(dc, c, dCell.data(), dCell.at(t) + at, dc, c, width);
      Functions.throughSigmoid(dh, h, dg, dOutput, a, output, dg, dOutput, width);
    }

    /** {@code c = f old + i g}: gives d i, d f, d g and d old c. */
    private void throughCell(int t, int at) {
      float[] a = activated.data();
      float[] dg = dGates.data();
      float[] dc = dOldCell.data();
      int input = activated.at(t) + 4 * at;
      int forget = input + width;
      int fresh = forget + width;
      int gate = dGates.at(t) + 4 * at;
      int c = dOldCell.at(t) + at;
      int old = oldCell.at(t) + at;
      Functions.throughSigmoid(dc, c, a, fresh, a, input, dg, gate, width);
      Functions.throughSigmoid(dc, c, oldCell.data(), old, a, forget, dg, gate + width, width);
      Functions.throughTanh(dc, c, a, input, a, fresh, dg, gate + 2 * width, width);
      Strips.multiply(dc, c, a, forget, dc, c, width);
    }
  }
}
