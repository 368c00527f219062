package seqmark.nn.train;

import java.util.Set;
import seqmark.compute.Cost;

/**
 * What a training step needs, known before the first one.
 *
 * @param parameters trainable numbers
 * @param step the cost of a step: forward, backward and update
 * @param peakBytes step memory, parameters and optimizer state together
 * @param referenceOps the ops that the backend has no kernel for and runs by their reference
 * @param print the graph, a line per node
 */
public record Footprint(
    long parameters, Cost step, long peakBytes, Set<String> referenceOps, String print) {}
