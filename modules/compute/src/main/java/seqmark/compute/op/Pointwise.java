package seqmark.compute.op;

import seqmark.compute.Op;

/**
 * An op each element of whose result depends, of the operands that are as large, on the same
 * element only: it can be run on any piece of them.
 */
public sealed interface Pointwise extends Op
    permits Elementwise.Affine, Elementwise.Binary, Elementwise.Unary, Elementwise.UnaryGradient {}
