/** Recurrent encoder–decoders that attend to their source. */
package seqmark.model.attention;
