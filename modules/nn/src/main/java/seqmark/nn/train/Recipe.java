package seqmark.nn.train;

import seqmark.nn.Setting;

/**
 * How a model is trained.
 *
 * @param optimizer what turns gradients into updates
 * @param schedule how the learning rate changes with the step
 * @param clip largest global gradient norm; 0 for no clipping
 * @param labelSmoothing probability spread over all symbols, in [0, 1)
 * @param seed what dropout depends on, together with the step
 */
public record Recipe(
    AdamW optimizer, Schedule schedule, double clip, double labelSmoothing, long seed) {
  /** Checks the settings. */
  public Recipe {
    Setting.rate("label smoothing", labelSmoothing);
    if (!(clip >= 0)) {
      throw new IllegalArgumentException("clip: must be at least 0, found " + clip);
    }
  }

  /** The norm that gradients are clipped to. */
  float largestNorm() {
    return clip == 0 ? Float.POSITIVE_INFINITY : (float) clip;
  }
}
