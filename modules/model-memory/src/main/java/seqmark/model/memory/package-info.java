/** Memory networks: a query reads a memory of sentences or tokens several times. */
package seqmark.model.memory;
