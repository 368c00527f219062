package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.op.Update;

/** Kernels of {@link Update}. */
final class UpdateKernels {
  /** Elements taken at a time, so that what the next loop reads is still in the cache. */
  private static final int CHUNK = 2048;

  private UpdateKernels() {}

  /** Prepared are the squares' sums of chunks, which the only unit adds in their order. */
  static final class ClipNorm implements Kernel {
    private record Chunk(Operand of, int from, int size) {}

    private final Update.ClipNorm op;
    private final Chunk[] chunks;
    private final Operand sums;
    private final Operand norm;
    private final Operand factor;

    ClipNorm(Node n, Memory memory) {
      op = (Update.ClipNorm) n.op();
      List<Chunk> all = new ArrayList<>();
      for (var gradient : n.in()) {
        int size = gradient.shape().size();
        for (int from = 0; from < size; from += CHUNK) {
          all.add(new Chunk(memory.of(gradient), from, Math.min(CHUNK, size - from)));
        }
      }
      chunks = all.toArray(Chunk[]::new);
      sums = memory.scratch(n, chunks.length);
      norm = memory.of(n.out(0));
      factor = memory.of(n.out(1));
    }

    @Override
    public int prepareUnits() {
      return chunks.length;
    }

    @Override
    public void prepare(int t, int from, int to) {
      for (int i = from; i < to; i++) {
        Chunk chunk = chunks[i];
        float[] x = chunk.of.data();
        int at = chunk.of.at(t) + chunk.from;
        sums.data()[sums.at(t) + i] = Strips.dot(x, at, x, at, chunk.size);
      }
    }

    @Override
    public int units() {
      return 1;
    }

    @Override
    public void run(int t, int from, int to) {
      double sum = 0;
      for (int i = 0; i < chunks.length; i++) {
        sum += sums.data()[sums.at(t) + i];
      }
      double root = Math.sqrt(sum);
      norm.data()[norm.at(t)] = (float) root;
      factor.data()[factor.at(t)] = (float) op.factor(root);
    }
  }

  /** A unit is an element. */
  static final class AdamW implements Kernel {
    private final Update.AdamW op;
    private final Operand parameter;
    private final Operand gradient;
    private final Operand first;
    private final Operand second;
    private final Operand factor;
    private final Operand rates;
    private final int size;

    AdamW(Node n, Memory memory) {
      op = (Update.AdamW) n.op();
      parameter = memory.of(n.in(0));
      gradient = memory.of(n.in(1));
      first = memory.of(n.in(2));
      second = memory.of(n.in(3));
      factor = memory.of(n.in(4));
      rates = memory.of(n.in(5));
      size = n.in(0).shape().size();
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] m = first.data();
      float[] v = second.data();
      float scale = factor.data()[factor.at(t)];
      if (Float.isNaN(scale)) {
        return;
      }
      for (int i = from; i < to; i += CHUNK) {
        int count = Math.min(CHUNK, to - i);
        float[] g = gradient.data();
        int gAt = gradient.at(t) + i;
        int mAt = first.at(t) + i;
        int vAt = second.at(t) + i;
        average(g, gAt, scale, op.beta1(), m, mAt, count);
        averageSquare(g, gAt, scale, op.beta2(), v, vAt, count);
        step(t, m, mAt, v, vAt, parameter.at(t) + i, count);
      }
    }

    /** {@code m = beta m + (1 - beta) g}. */
    private static void average(
        float[] g, int g0, float scale, float beta, float[] m, int m0, int n) {
      Strips.affine(beta, m, m0, 0, m, m0, n);
      Strips.addScaled((float) ((1.0 - beta) * scale), g, g0, m, m0, m, m0, n);
    }

    /** {@code v = beta v + (1 - beta) g g}. */
    private static void averageSquare(
        float[] g, int g0, float scale, float beta, float[] v, int v0, int n) {
      float share = (float) ((1.0 - beta) * scale * scale);
      int whole = Lanes.whole(n);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector x = fromArray(SPECIES, g, g0 + i);
        FloatVector old = fromArray(SPECIES, v, v0 + i).mul(beta);
        x.mul(share).fma(x, old).intoArray(v, v0 + i);
      }
      for (int i = whole; i < n; i++) {
        float x = g[g0 + i];
        v[v0 + i] = Math.fma(x * share, x, v[v0 + i] * beta);
      }
    }

    /** {@code p = kept p + size m / (sqrt(unbiased v) + epsilon)}. */
    private void step(int t, float[] m, int m0, float[] v, int v0, int p0, int n) {
      float[] p = parameter.data();
      float[] r = rates.data();
      float rate = r[rates.at(t)];
      float size = -rate / r[rates.at(t) + 1];
      float unbiased = 1 / r[rates.at(t) + 2];
      float epsilon = op.epsilon();
      float kept = (float) (1.0 - (double) rate * op.weightDecay());
      int whole = Lanes.whole(n);
      for (int i = 0; i < whole; i += LENGTH) {
        FloatVector root = fromArray(SPECIES, v, v0 + i).mul(unbiased).sqrt().add(epsilon);
        FloatVector step = fromArray(SPECIES, m, m0 + i).mul(size).div(root);
        fromArray(SPECIES, p, p0 + i).fma(broadcast(SPECIES, kept), step).intoArray(p, p0 + i);
      }
      for (int i = whole; i < n; i++) {
        float root = (float) Math.sqrt(v[v0 + i] * unbiased) + epsilon;
        p[p0 + i] = Math.fma(p[p0 + i], kept, m[m0 + i] * size / root);
      }
    }
  }
}
