/** Encoder–decoder models whose only link is a fixed vector. */
package seqmark.model.recurrent;
