package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.Embedding;
import seqmark.compute.op.Loss;

/** Kernels of {@link Loss}. A unit is a position, with its row of logits. */
final class LossKernels {
  private LossKernels() {}

  static final class CrossEntropy implements Kernel {
    private final float smoothing;
    private final Operand logits;
    private final Operand targets;
    private final Operand weights;
    private final Operand losses;
    private final Operand logSums;
    private final int positions;
    private final int classes;

    CrossEntropy(Node n, Memory memory) {
      smoothing = ((Loss.CrossEntropy) n.op()).smoothing();
      logits = memory.of(n.in(0));
      targets = memory.of(n.in(1));
      weights = memory.of(n.in(2));
      losses = memory.of(n.out(0));
      logSums = memory.of(n.out(1));
      positions = n.in(1).shape().size();
      classes = n.in(0).shape().dim(-1);
    }

    @Override
    public int units() {
      return positions;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] sums = logSums.data();
      int first = logSums.at(t) + from;
      sumPowers(t, from, to);
      Logarithm.apply(sums, first, sums, first, to - from);
      finish(t, from, to);
    }

    /** The sum of exponentials in the place of its logarithm, the largest logit in the loss's. */
    private void sumPowers(int t, int from, int to) {
      float[] x = logits.data();
      float[] powers = ThreadScratch.floats(classes);
      for (int i = from; i < to; i++) {
        int row = logits.at(t) + i * classes;
        float max = Strips.max(x, row, classes);
        Functions.exp(1, x, row, -max, powers, 0, classes);
        losses.data()[losses.at(t) + i] = max;
        logSums.data()[logSums.at(t) + i] = Strips.sum(powers, 0, classes);
      }
    }

    private void finish(int t, int from, int to) {
      float[] loss = losses.data();
      float[] sums = logSums.data();
      for (int i = from; i < to; i++) {
        int at = losses.at(t) + i;
        float logSum = loss[at] + sums[logSums.at(t) + i];
        sums[logSums.at(t) + i] = logSum;
        float weight = weights.data()[weights.at(t) + i];
        int row = logits.at(t) + i * classes;
        float target = targets.data()[targets.at(t) + i];
        loss[at] = weight == 0 ? 0 : weight * (logSum - hit(logits.data(), row, target));
      }
    }

    private float hit(float[] x, int row, float target) {
      float logit = x[row + Embedding.check(target, classes)];
      return smoothing == 0
          ? logit
          : (1 - smoothing) * logit + smoothing * (Strips.sum(x, row, classes) / classes);
    }
  }

  static final class CrossEntropyGradient implements Kernel {
    private final float smoothing;
    private final Operand logits;
    private final Operand targets;
    private final Operand weights;
    private final Operand logSums;
    private final Operand gradient;
    private final Operand out;
    private final int positions;
    private final int classes;

    CrossEntropyGradient(Node n, Memory memory) {
      smoothing = ((Loss.CrossEntropyGradient) n.op()).smoothing();
      logits = memory.of(n.in(0));
      targets = memory.of(n.in(1));
      weights = memory.of(n.in(2));
      logSums = memory.of(n.in(3));
      gradient = memory.of(n.in(4));
      out = memory.of(n.out(0));
      positions = n.in(1).shape().size();
      classes = n.in(0).shape().dim(-1);
    }

    @Override
    public int units() {
      return positions;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = out.data();
      for (int i = from; i < to; i++) {
        float weight = weights.data()[weights.at(t) + i];
        int row = out.at(t) + i * classes;
        if (weight == 0) {
          Arrays.fill(y, row, row + classes, 0);
          continue;
        }
        float d = gradient.data()[gradient.at(t) + i] * weight;
        float logSum = logSums.data()[logSums.at(t) + i];
        float even = smoothing / classes;
        Functions.exp(1, logits.data(), logits.at(t) + i * classes, -logSum, y, row, classes);
        Strips.affine(d, y, row, -d * even, y, row, classes);
        int target = Embedding.check(targets.data()[targets.at(t) + i], classes);
        y[row + target] -= d * (1 - smoothing);
      }
    }
  }
}
