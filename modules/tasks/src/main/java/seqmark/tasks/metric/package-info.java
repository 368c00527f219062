/** Measures that tasks share. */
package seqmark.tasks.metric;
