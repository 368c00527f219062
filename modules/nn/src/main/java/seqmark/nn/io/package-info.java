/** Checkpoints as safetensors files. */
package seqmark.nn.io;
