/** A user's own pairs of texts. */
package seqmark.tasks.tsv;
