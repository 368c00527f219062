/** Generation: greedy and beam search. */
package seqmark.nn.decode;
