/** Numbers in words, in many languages. */
package seqmark.tasks.numbers;
