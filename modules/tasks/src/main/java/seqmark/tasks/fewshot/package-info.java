/** Classes and functions that have to be learned from the few examples in the source. */
package seqmark.tasks.fewshot;
