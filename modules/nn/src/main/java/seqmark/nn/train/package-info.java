/** Training and evaluation of models, a compiled graph per shape of batch. */
package seqmark.nn.train;
