package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.CounterRandom;
import seqmark.compute.Node;
import seqmark.compute.op.Constants;

/** Kernels of {@link Constants}. A unit is an element. */
final class ConstantKernels {
  private ConstantKernels() {}

  static final class Fill implements Kernel {
    private final float value;
    private final Operand out;
    private final int size;

    Fill(Node n, Memory memory) {
      value = ((Constants.Fill) n.op()).value();
      out = memory.of(n.out(0));
      size = n.out(0).shape().size();
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public void run(int t, int from, int to) {
      Arrays.fill(out.data(), out.at(t) + from, out.at(t) + to, value);
    }
  }

  static final class Range implements Kernel {
    private final Operand out;
    private final int size;

    Range(Node n, Memory memory) {
      out = memory.of(n.out(0));
      size = n.out(0).shape().size();
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public void run(int t, int from, int to) {
      for (int i = from; i < to; i++) {
        out.data()[out.at(t) + i] = i;
      }
    }
  }

  /** Prepared is the number that names the step's random sequence. */
  static final class DropoutMask implements Kernel {
    private final Constants.DropoutMask op;
    private final Operand key;
    private final Operand out;
    private final int size;
    private long sequence;

    DropoutMask(Node n, Memory memory) {
      op = (Constants.DropoutMask) n.op();
      key = memory.of(n.in(0));
      out = memory.of(n.out(0));
      size = n.out(0).shape().size();
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public int prepareUnits() {
      return 1;
    }

    @Override
    public void prepare(int t, int from, int to) {
      float[] k = key.data();
      sequence = op.random(k[key.at(t)], k[key.at(t) + 1]).key();
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = out.data();
      int yAt = out.at(t);
      for (int i = from; i < to; i++) {
        // In the loop, where the JIT sees that it needs no memory.
        y[yAt + i] = op.factor(new CounterRandom(sequence), i);
      }
    }
  }
}
