/** Dates in many languages. */
package seqmark.tasks.dates;
