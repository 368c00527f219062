/** Tasks whose sources are long: what must be combined lies hundreds of symbols apart. */
package seqmark.tasks.longrange;
