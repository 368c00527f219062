/**
 * The six tasks of mechanistic architecture design (Poli et al. 2024, "Mechanistic design and
 * scaling of hybrid architectures"): recall, copying, compression and memorization.
 *
 * <p>Their presets {@code mad} have the baseline settings of the repository {@code athms/mad-lab}.
 * It tests on answers alone, as we do; where it trains on every next token, the task says so. It
 * has no validation part: ours is as large as its test. The authors count the mean accuracy of
 * settings in which one parameter differs from the baseline; every task names these.
 */
package seqmark.tasks.mad;
