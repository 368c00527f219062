/** Languages that have to be learned from the source alone. */
package seqmark.tasks.incontext;
