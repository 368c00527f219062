/** Recall and copying: random sequences that models have to keep and give back. */
package seqmark.tasks.recall;
