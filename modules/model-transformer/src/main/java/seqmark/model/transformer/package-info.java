/** Transformers: encoder–decoder, decoder-only and encoder-only. */
package seqmark.model.transformer;
