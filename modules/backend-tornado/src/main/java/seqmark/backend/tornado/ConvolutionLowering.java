package seqmark.backend.tornado;

import java.util.List;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.DepthwiseConvolution;

/** Instructions of {@link DepthwiseConvolution}, one after the other in the memory of the node. */
final class ConvolutionLowering {
  private ConvolutionLowering() {}

  static int scratchFloats(Node n) {
    int size = n.out(0).shape().size();
    return n.op() instanceof DepthwiseConvolution.CausalSilu ? size : 2 * size;
  }

  static List<Instruction> silu(Node n, Places p) {
    Shape x = n.in(0).shape();
    int taps = n.in(1).shape().dim(0);
    Operand z = p.scratch(n, x.size());
    return List.of(
        MoveLowering.convolution(x, taps, p.of(n.in(0)), p.of(n.in(1)), p.of(n.in(2)), z),
        CellLowering.maskedSilu(x.dim(2), p.of(n.in(3)), z, p.of(n.out(0))));
  }

  static List<Instruction> siluGradient(Node n, Places p) {
    Shape x = n.in(1).shape();
    int taps = n.in(2).shape().dim(0);
    Operand in = p.of(n.in(1));
    Operand weight = p.of(n.in(2));
    Operand scratch = p.scratch(n, 2 * x.size());
    Operand z = scratch.from(0, x.size());
    Operand d = scratch.from(x.size(), x.size());
    return List.of(
        MoveLowering.convolution(x, taps, in, weight, p.of(n.in(3)), z),
        CellLowering.maskedSiluGradient(x.dim(2), p.of(n.in(0)), p.of(n.in(4)), z, d),
        MoveLowering.anticausal(x, taps, d, weight, p.of(n.out(0))),
        SumLowering.tapGradient(x, taps, in, d, p.of(n.out(1))),
        SumLowering.rows(x, d, p.of(n.out(2))));
  }
}
