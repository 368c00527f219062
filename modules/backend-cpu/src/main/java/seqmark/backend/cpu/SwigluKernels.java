package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.op.Gate;

/** Kernels of {@link Gate.Swiglu}. A unit is a row. */
final class SwigluKernels {
  /** Where rows begin in thread scratch, behind what {@link Silu} uses of it. */
  private static final int SCRATCH = ThreadScratch.START + LENGTH;

  private SwigluKernels() {}

  static final class Swiglu implements Kernel {
    private final Operand content;
    private final Operand gate;
    private final Operand out;
    private final boolean repeated;
    private final int width;
    private final int rows;
    private final int contentDistance;
    private final int gateDistance;
    private final int outDistance;

    Swiglu(Node n, Memory memory) {
      content = memory.of(n.in(0));
      gate = memory.of(n.in(1));
      out = memory.of(n.out(0));
      repeated = !n.in(0).shape().equals(n.in(1).shape());
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
      float[] s = ThreadScratch.floats(SCRATCH + width);
      float[] c = content.data();
      float[] z = out.data();
      for (int row = from; row < to; row++) {
        int at = content.at(t) + row * contentDistance;
        int result = out.at(t) + row * outDistance;
        Silu.apply(gate.data(), gate.at(t) + row * gateDistance, s, SCRATCH, width);
        if (repeated) {
          Strips.affine(c[at], s, SCRATCH, 0, z, result, width);
        } else {
          Strips.multiply(c, at, s, SCRATCH, z, result, width);
        }
      }
    }
  }

  static final class SwigluGradient implements Kernel {
    private final Operand gradient;
    private final Operand content;
    private final Operand gate;
    private final Operand dGate;
    private final Operand dContent;
    private final boolean repeated;
    private final int width;
    private final int rows;
    private final int gradientDistance;
    private final int contentDistance;
    private final int gateDistance;
    private final int dGateDistance;
    private final int dContentDistance;

    SwigluGradient(Node n, Memory memory) {
      boolean ofContent = ((Gate.SwigluGradient) n.op()).ofContent();
      gradient = memory.of(n.in(0));
      content = memory.of(n.in(1));
      gate = memory.of(n.in(2));
      dGate = memory.of(n.out(0));
      dContent = ofContent ? memory.of(n.out(1)) : null;
      repeated = !n.in(1).shape().equals(n.in(2).shape());
      width = n.out(0).shape().dim(-1);
      rows = n.out(0).shape().sizeBefore(-1);
      gradientDistance = gradient.distance();
      contentDistance = content.distance();
      gateDistance = gate.distance();
      dGateDistance = dGate.distance();
      dContentDistance = ofContent ? dContent.distance() : 0;
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] s = ThreadScratch.floats(SCRATCH + 3 * width);
      float[] c = repeated ? s : content.data();
      float[] dc = dContent == null ? s : dContent.data();
      for (int row = from; row < to; row++) {
        int x = SCRATCH + width;
        int dx = x + width;
        int at = content.at(t) + row * contentDistance;
        if (repeated) {
          Arrays.fill(s, x, dx, content.data()[at]);
        } else {
          x = at;
        }
        if (dContent != null) {
          dx = dContent.at(t) + row * dContentDistance;
        }
        int g = gate.at(t) + row * gateDistance;
        int d = gradient.at(t) + row * gradientDistance;
        Functions.sigmoid(gate.data(), g, s, SCRATCH, width);
        through(s, gradient.data(), d, c, x, gate.data(), g, dc, dx, dGate(t, row));
      }
    }

    private int dGate(int t, int row) {
      return dGate.at(t) + row * dGateDistance;
    }

    /** {@code dc = d g s} and {@code dg = d c (s + g s (1 - s))} with s the sigmoid of g. */
    private void through(
        float[] s,
        float[] d,
        int d0,
        float[] c,
        int c0,
        float[] g,
        int g0,
        float[] dc,
        int dc0,
        int dg0) {
      float[] dg = dGate.data();
      FloatVector one = broadcast(SPECIES, 1);
      int whole = Lanes.whole(width);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector sigmoid = fromArray(SPECIES, s, SCRATCH + i);
        FloatVector silu = sigmoid.mul(fromArray(SPECIES, g, g0 + i));
        FloatVector given = fromArray(SPECIES, d, d0 + i);
        FloatVector slope = one.sub(sigmoid).fma(silu, sigmoid);
        FloatVector through = given.mul(fromArray(SPECIES, c, c0 + i)).mul(slope);
        given.mul(silu).intoArray(dc, dc0 + i);
        through.intoArray(dg, dg0 + i);
      }
      for (int i = whole; i < width; i++) {
        float sigmoid = s[SCRATCH + i];
        float silu = sigmoid * g[g0 + i];
        float given = d[d0 + i];
        float through = given * c[c0 + i] * Math.fma(1 - sigmoid, silu, sigmoid);
        dc[dc0 + i] = given * silu;
        dg[dg0 + i] = through;
      }
    }
  }
}
