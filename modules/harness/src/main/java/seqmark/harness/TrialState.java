package seqmark.harness;

import seqmark.nn.train.Footprint;
import seqmark.nn.train.TrainingStep;

/**
 * All that a trial needs in order to go on, besides weights and optimizer state. Data and dropout
 * are functions of seed and step.
 *
 * @param step training steps done
 * @param tokens target tokens trained on
 * @param flops floating-point operations of these steps
 * @param peakBytes memory of the largest of these steps
 * @param seconds wall time in these steps
 * @param timedSeconds the part of it that counts for throughput
 * @param timedTokens the tokens of that part
 * @param lossSum training loss since the last validation, summed over tokens, in nats
 * @param lossTokens tokens since the last validation
 * @param validatedAt the step of the last validation; 0 before the first
 * @param bestStep the step of the best validation; 0 before the first
 * @param bestMetric its value of the task's first metric
 * @param bestLoss its loss
 * @param sinceBest validations since then
 */
record TrialState(
    int step,
    long tokens,
    long flops,
    long peakBytes,
    double seconds,
    double timedSeconds,
    long timedTokens,
    double lossSum,
    long lossTokens,
    int validatedAt,
    int bestStep,
    double bestMetric,
    double bestLoss,
    int sinceBest) {
  /** Before the first step. */
  static final TrialState START = new TrialState(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** After one more step. */
  TrialState trained(TrainingStep.Report report, Footprint footprint, double took) {
    return new TrialState(
        step + 1,
        tokens + report.tokens(),
        flops + footprint.step().flops(),
        Math.max(peakBytes, footprint.peakBytes()),
        seconds + took,
        timedSeconds,
        timedTokens,
        lossSum + report.loss() * report.tokens(),
        lossTokens + report.tokens(),
        validatedAt,
        bestStep,
        bestMetric,
        bestLoss,
        sinceBest);
  }

  /** With what throughput was measured on. */
  TrialState timed(double onSeconds, long onTokens) {
    return new TrialState(
        step,
        tokens,
        flops,
        peakBytes,
        seconds,
        onSeconds,
        onTokens,
        lossSum,
        lossTokens,
        validatedAt,
        bestStep,
        bestMetric,
        bestLoss,
        sinceBest);
  }

  /** After a validation at this step. */
  TrialState validated(double metric, double loss, boolean higherIsBetter) {
    boolean better = bestStep == 0 || isBetter(metric, loss, higherIsBetter);
    return new TrialState(
        step,
        tokens,
        flops,
        peakBytes,
        seconds,
        timedSeconds,
        timedTokens,
        0,
        0,
        step,
        better ? step : bestStep,
        better ? metric : bestMetric,
        better ? loss : bestLoss,
        better ? 0 : sinceBest + 1);
  }

  /** The metric decides, the loss where metrics are equal; anything is better than no number. */
  private boolean isBetter(double metric, double loss, boolean higherIsBetter) {
    if (Double.isNaN(metric) || Double.isNaN(bestMetric)) {
      return !Double.isNaN(metric);
    }
    int compared = Double.compare(metric, bestMetric);
    return compared == 0 ? loss < bestLoss : (compared > 0) == higherIsBetter;
  }

  /** Mean training loss since the last validation, in nats per token. */
  double trainLoss() {
    return lossSum / lossTokens;
  }

  double flopsPerToken() {
    return (double) flops / tokens;
  }
}
