package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.op.Gate;

/** Kernels of {@link Gate.Swiglu}. A unit is a row. */
final class SwigluKernels {
  private SwigluKernels() {}

  static final class Swiglu implements Kernel {
    private final Operand content;
    private final Operand gate;
    private final Operand out;
    private final int width;
    private final int rows;
    private final int contentDistance;
    private final int gateDistance;
    private final int outDistance;

    Swiglu(Node n, Memory memory) {
      content = memory.of(n.in(0));
      gate = memory.of(n.in(1));
      out = memory.of(n.out(0));
      width = n.out(0).shape().dim(-1);
      rows = n.out(0).shape().sizeBefore(-1);
      contentDistance = content.distance();
      gateDistance = gate.distance();
      outDistance = out.distance();
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] s = ThreadScratch.floats(Silu.SCRATCH + width);
      float[] c = content.data();
      float[] z = out.data();
      for (int row = from; row < to; row++) {
        int at = content.at(t) + row * contentDistance;
        int result = out.at(t) + row * outDistance;
        Silu.apply(gate.data(), gate.at(t) + row * gateDistance, s, Silu.SCRATCH, width);
        Strips.multiply(c, at, s, Silu.SCRATCH, z, result, width);
      }
    }
  }

  static final class SwigluGradient implements Kernel {
    private final Operand gradient;
    private final Operand content;
    private final Operand gate;
    private final Operand dGate;
    private final Operand dContent;
    private final int width;
    private final int rows;
    private final int gradientDistance;
    private final int contentDistance;
    private final int gateDistance;
    private final int dGateDistance;
    private final int dContentDistance;

    SwigluGradient(Node n, Memory memory) {
      gradient = memory.of(n.in(0));
      content = memory.of(n.in(1));
      gate = memory.of(n.in(2));
      dGate = memory.of(n.out(0));
      dContent = memory.of(n.out(1));
      width = n.out(0).shape().dim(-1);
      rows = n.out(0).shape().sizeBefore(-1);
      gradientDistance = gradient.distance();
      contentDistance = content.distance();
      gateDistance = gate.distance();
      dGateDistance = dGate.distance();
      dContentDistance = dContent.distance();
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] s = ThreadScratch.floats(Silu.SCRATCH + width);
      for (int row = from; row < to; row++) {
        int g = gate.at(t) + row * gateDistance;
        int c = content.at(t) + row * contentDistance;
        int d = gradient.at(t) + row * gradientDistance;
        int dc = dContent.at(t) + row * dContentDistance;
        int dg = dGate.at(t) + row * dGateDistance;
        Functions.sigmoid(gate.data(), g, s, Silu.SCRATCH, width);
        through(s, gradient.data(), d, content.data(), c, gate.data(), g, dc, dg);
      }
    }

    /** {@code dc = d g s} and {@code dg = d c (s + g s (1 - s))} with s the sigmoid of g. */
    private void through(
        float[] s, float[] d, int d0, float[] c, int c0, float[] g, int g0, int dc0, int dg0) {
      float[] dc = dContent.data();
      float[] dg = dGate.data();
      FloatVector one = broadcast(SPECIES, 1);
      int whole = Lanes.whole(width);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector sigmoid = fromArray(SPECIES, s, Silu.SCRATCH + i);
        FloatVector silu = sigmoid.mul(fromArray(SPECIES, g, g0 + i));
        FloatVector given = fromArray(SPECIES, d, d0 + i);
        FloatVector slope = one.sub(sigmoid).fma(silu, sigmoid);
        FloatVector through = given.mul(fromArray(SPECIES, c, c0 + i)).mul(slope);
        given.mul(silu).intoArray(dc, dc0 + i);
        through.intoArray(dg, dg0 + i);
      }
      for (int i = whole; i < width; i++) {
        float sigmoid = s[Silu.SCRATCH + i];
        float silu = sigmoid * g[g0 + i];
        float given = d[d0 + i];
        float through = given * c[c0 + i] * Math.fma(1 - sigmoid, silu, sigmoid);
        dc[dc0 + i] = given * silu;
        dg[dg0 + i] = through;
      }
    }
  }
}
