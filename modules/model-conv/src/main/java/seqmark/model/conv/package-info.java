/** An encoder–decoder of convolutions with attention in every layer. */
package seqmark.model.conv;
