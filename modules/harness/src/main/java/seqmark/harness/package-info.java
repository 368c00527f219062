/**
 * Experiments: from a config to results that can be trusted.
 *
 * <ul>
 *   <li>Config: {@link seqmark.harness.ExperimentConfig} is read from YAML, strictly; {@link
 *       seqmark.harness.Registry} knows models, tasks and backends.
 *   <li>Running: {@link seqmark.harness.Runner} trains and tests every trial, side by side, and
 *       goes on where it was stopped.
 *   <li>Results: {@link seqmark.harness.Results} reads them back as an {@link
 *       seqmark.harness.Experiment}; {@link seqmark.harness.Statistics} takes seeds together.
 *   <li>Single models: {@link seqmark.harness.Explanation} says what one costs, {@link
 *       seqmark.harness.Predictor} asks a trained one.
 * </ul>
 */
package seqmark.harness;
