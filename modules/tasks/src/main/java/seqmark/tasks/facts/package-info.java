/** Questions about short stories that have to be followed. */
package seqmark.tasks.facts;
