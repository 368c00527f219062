package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.Elementwise;
import seqmark.compute.op.Elementwise.Arithmetic;
import seqmark.compute.op.Function;

/** Kernels of {@link Elementwise}. A unit is an element. */
final class ElementwiseKernels {
  /** Elements of which a slope is computed at a time. */
  private static final int BLOCK = 1024;

  private ElementwiseKernels() {}

  static final class Binary implements Kernel {
    private final Arithmetic arithmetic;
    private final Operand left;
    private final Operand right;
    private final Operand out;
    private final Pattern leftPattern;
    private final Pattern rightPattern;
    private final Pattern outPattern;
    private final int strip;
    private final int size;

    Binary(Node n, Memory memory) {
      Shape shape = n.out(0).shape();
      arithmetic = ((Elementwise.Binary) n.op()).arithmetic();
      left = memory.of(n.in(0));
      right = memory.of(n.in(1));
      out = memory.of(n.out(0));
      strip = Pattern.stripLength(shape, n.in(0).shape(), n.in(1).shape());
      leftPattern = Pattern.of(shape, n.in(0).shape(), strip, left.distance());
      rightPattern = Pattern.of(shape, n.in(1).shape(), strip, right.distance());
      outPattern = Pattern.of(shape, shape, strip, out.distance());
      size = shape.size();
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public void run(int t, int from, int to) {
      int x = left.at(t);
      int y = right.at(t);
      int end;
      for (int i = from; i < to; i = end) {
        int s = i / strip;
        int within = i - s * strip;
        end = Math.min(to, (s + 1) * strip);
        int xAt = x + leftPattern.start(s) + within * leftPattern.step();
        int yAt = y + rightPattern.start(s) + within * rightPattern.step();
        int zAt = out.at(t) + outPattern.start(s) + within;
        strip(left.data(), xAt, right.data(), yAt, out.data(), zAt, end - i);
      }
    }

    private void strip(float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
      int xStep = leftPattern.step();
      int yStep = rightPattern.step();
      int whole = Lanes.whole(n);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector a = xStep == 0 ? broadcast(SPECIES, x[x0]) : fromArray(SPECIES, x, x0 + i);
        FloatVector b = yStep == 0 ? broadcast(SPECIES, y[y0]) : fromArray(SPECIES, y, y0 + i);
        FloatVector c =
            switch (arithmetic) {
              case ADD -> a.add(b);
              case SUBTRACT -> a.sub(b);
              case MULTIPLY -> a.mul(b);
              case DIVIDE -> a.div(b);
            };
        c.intoArray(z, z0 + i);
      }
      for (int i = whole; i < n; i++) {
        float a = x[x0 + i * xStep];
        float b = y[y0 + i * yStep];
        z[z0 + i] =
            switch (arithmetic) {
              case ADD -> a + b;
              case SUBTRACT -> a - b;
              case MULTIPLY -> a * b;
              case DIVIDE -> a / b;
            };
      }
    }
  }

  static final class Unary implements Kernel {
    private final Function function;
    private final Operand in;
    private final Operand out;
    private final int size;

    Unary(Node n, Memory memory) {
      function = ((Elementwise.Unary) n.op()).function();
      in = memory.of(n.in(0));
      out = memory.of(n.out(0));
      size = n.out(0).shape().size();
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] x = in.data();
      float[] y = out.data();
      int xAt = in.at(t) + from;
      int yAt = out.at(t) + from;
      switch (function) {
        case TANH -> Functions.tanh(x, xAt, y, yAt, to - from);
        case SIGMOID -> Functions.sigmoid(x, xAt, y, yAt, to - from);
        case RELU -> Functions.relu(x, xAt, y, yAt, to - from);
        case EXP -> Functions.exp(1, x, xAt, 0, y, yAt, to - from);
        case LOG -> Functions.log(x, xAt, y, yAt, to - from);
        case SQRT -> Functions.sqrt(x, xAt, y, yAt, to - from);
        case GELU -> Gelu.apply(x, xAt, y, yAt, to - from);
        case SILU -> Silu.apply(x, xAt, y, yAt, to - from);
        case SOFTPLUS -> Softplus.apply(x, xAt, y, yAt, to - from);
      }
    }
  }

  static final class UnaryGradient implements Kernel {
    private final Function function;
    private final Operand saved;
    private final Operand gradient;
    private final Operand out;
    private final int size;

    UnaryGradient(Node n, Memory memory) {
      function = ((Elementwise.UnaryGradient) n.op()).function();
      saved = memory.of(n.in(0));
      gradient = memory.of(n.in(1));
      out = memory.of(n.out(0));
      size = n.out(0).shape().size();
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] x = saved.data();
      float[] d = gradient.data();
      int xAt = saved.at(t) + from;
      int dAt = gradient.at(t) + from;
      int z = out.at(t) + from;
      switch (function) {
        case GELU, SILU, SOFTPLUS -> smooth(x, xAt, d, dAt, out.data(), z, to - from);
        default -> slope(x, xAt, d, dAt, out.data(), z, to - from);
      }
    }

    private void smooth(float[] x, int x0, float[] d, int d0, float[] z, int z0, int n) {
      float[] s = ThreadScratch.floats(BLOCK);
      for (int i = 0; i < n; i += BLOCK) {
        int count = Math.min(BLOCK, n - i);
        switch (function) {
          case GELU -> Gelu.slope(x, x0 + i, s, count);
          case SILU -> Silu.slope(x, x0 + i, s, count);
          default -> Softplus.slope(x, x0 + i, s, 0, count);
        }
        slope(s, 0, d, d0 + i, z, z0 + i, count);
      }
    }

    /** GELU, SILU and SOFTPLUS come with their slope in y, others with what it is made from. */
    private void slope(float[] y, int y0, float[] d, int d0, float[] z, int z0, int n) {
      int whole = Lanes.whole(n);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector s = fromArray(SPECIES, y, y0 + i);
        FloatVector g = fromArray(SPECIES, d, d0 + i);
        FloatVector result =
            switch (function) {
              case TANH -> s.neg().fma(s, broadcast(SPECIES, 1)).mul(g);
              case SIGMOID -> s.neg().fma(s, s).mul(g);
              case RELU -> broadcast(SPECIES, 0).blend(g, s.compare(VectorOperators.GT, 0f));
              case EXP, GELU, SILU, SOFTPLUS -> s.mul(g);
              case LOG -> g.div(s);
              case SQRT -> g.mul(0.5f).div(s);
            };
        result.intoArray(z, z0 + i);
      }
      for (int i = whole; i < n; i++) {
        float s = y[y0 + i];
        float g = d[d0 + i];
        z[z0 + i] =
            switch (function) {
              case TANH -> Math.fma(-s, s, 1) * g;
              case SIGMOID -> Math.fma(-s, s, s) * g;
              case RELU -> s > 0 ? g : 0;
              case EXP, GELU, SILU, SOFTPLUS -> s * g;
              case LOG -> g / s;
              case SQRT -> g * 0.5f / s;
            };
      }
    }
  }

  static final class Affine implements Kernel {
    private final float scale;
    private final float shift;
    private final Operand in;
    private final Operand out;
    private final int size;

    Affine(Node n, Memory memory) {
      Elementwise.Affine op = (Elementwise.Affine) n.op();
      scale = op.scale();
      shift = op.shift();
      in = memory.of(n.in(0));
      out = memory.of(n.out(0));
      size = n.out(0).shape().size();
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public void run(int t, int from, int to) {
      int y = out.at(t) + from;
      Strips.affine(scale, in.data(), in.at(t) + from, shift, out.data(), y, to - from);
    }
  }
}
