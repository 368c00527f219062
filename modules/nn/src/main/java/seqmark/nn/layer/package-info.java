/** Layers: records of parameters with a method that applies them to values. */
package seqmark.nn.layer;
