package seqmark.nn.decode;

import java.util.Optional;

/**
 * What a model made of a source.
 *
 * @param tokens ids without special tokens
 * @param logProbability in nats, of the tokens and the end token if that was reached
 * @param attention per token, the weight of every source position: {@code [tokens][source]}; empty
 *     if the model does not attend or nobody asked
 */
public record Generated(int[] tokens, double logProbability, Optional<float[][]> attention) {}
