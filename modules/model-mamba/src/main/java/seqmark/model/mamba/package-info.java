/** Mamba: selective state spaces (Gu and Dao 2023). */
package seqmark.model.mamba;
