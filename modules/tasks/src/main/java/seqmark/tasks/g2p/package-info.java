/** Letters to phonemes. */
package seqmark.tasks.g2p;
