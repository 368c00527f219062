/** The simple neural attentive meta-learner. */
package seqmark.model.snail;
