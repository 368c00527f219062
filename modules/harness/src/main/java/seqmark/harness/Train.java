package seqmark.harness;

import seqmark.nn.Setting;
import seqmark.nn.train.AdamW;
import seqmark.nn.train.Recipe;

/**
 * How models are trained.
 *
 * @param steps most training steps
 * @param batch examples per step
 * @param optimizer what turns gradients into updates
 * @param schedule how the learning rate changes with the step
 * @param clip largest global gradient norm; 0 for no clipping
 * @param labelSmoothing probability given to all symbols alike, in [0, 1)
 * @param evaluateEvery steps between validations
 * @param patience validations without improvement until training stops; 0 for never
 */
public record Train(
    int steps,
    int batch,
    Optimizer optimizer,
    Schedule schedule,
    double clip,
    double labelSmoothing,
    int evaluateEvery,
    int patience) {

  /** What a config gets that says nothing. */
  static final Train DEFAULTS =
      new Train(
          1_000,
          32,
          new Optimizer(new Adamw(1e-3, 0.9, 0.999, 1e-8, 0.01)),
          new Schedule(new Cosine(100)),
          1.0,
          0,
          100,
          0);

  /** Rejects what cannot be. */
  public Train {
    Setting.atLeast(1, "steps", steps);
    Setting.atLeast(1, "batch", batch);
    Setting.rate("labelSmoothing", labelSmoothing);
    Setting.atLeast(1, "evaluateEvery", evaluateEvery);
    Setting.atLeast(0, "patience", patience);
    if (!(clip >= 0 && clip < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("clip: must be at least 0 (0 is none), found " + clip);
    }
  }

  /** The same in the terms of training. */
  Recipe recipe(long seed) {
    Adamw a = optimizer.adamw();
    return new Recipe(
        new AdamW(a.lr(), a.beta1(), a.beta2(), a.epsilon(), a.weightDecay()),
        new seqmark.nn.train.Schedule.Cosine(schedule.cosine().warmup(), steps),
        clip,
        labelSmoothing,
        seed);
  }

  /**
   * What turns gradients into updates.
   *
   * @param adamw Adam with decoupled weight decay
   */
  public record Optimizer(Adamw adamw) {}

  /**
   * AdamW (Loshchilov and Hutter 2019).
   *
   * @param lr the highest learning rate
   * @param beta1 decay of the mean of gradients, in [0, 1)
   * @param beta2 decay of the mean of squared gradients, in [0, 1)
   * @param epsilon added to the root of the latter
   * @param weightDecay fraction of the weights taken away per step, times the learning rate
   */
  public record Adamw(double lr, double beta1, double beta2, double epsilon, double weightDecay) {
    /** Rejects what cannot be. */
    public Adamw {
      Setting.positive("lr", lr);
      Setting.rate("beta1", beta1);
      Setting.rate("beta2", beta2);
      Setting.positive("epsilon", epsilon);
      Setting.rate("weightDecay", weightDecay);
    }
  }

  /**
   * How the learning rate changes with the step.
   *
   * @param cosine up in a line, then down along a cosine to zero
   */
  public record Schedule(Cosine cosine) {}

  /**
   * Linear warm-up, then half a cosine down to zero at the last step.
   *
   * @param warmup steps of warm-up
   */
  public record Cosine(int warmup) {
    /** Rejects what cannot be. */
    public Cosine {
      Setting.atLeast(0, "warmup", warmup);
    }
  }
}
