package seqmark.backend.tornado;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.op.Attention;
import seqmark.compute.op.Constants;
import seqmark.compute.op.DepthwiseConvolution;
import seqmark.compute.op.Elementwise;
import seqmark.compute.op.Embedding;
import seqmark.compute.op.Gate;
import seqmark.compute.op.Loss;
import seqmark.compute.op.MatMul;
import seqmark.compute.op.MultiHead;
import seqmark.compute.op.Normalize;
import seqmark.compute.op.Padding;
import seqmark.compute.op.Recurrent;
import seqmark.compute.op.Reduce;
import seqmark.compute.op.Rotary;
import seqmark.compute.op.Segments;
import seqmark.compute.op.Shapes;
import seqmark.compute.op.Standardize;
import seqmark.compute.op.StateSpace;
import seqmark.compute.op.StepSize;
import seqmark.compute.op.Unfolding;
import seqmark.compute.op.Update;

/** Which op becomes which instructions. */
final class Lowerings {
  private interface Lowering {
    List<Instruction> lower(Node n, Places p);
  }

  private interface Single {
    Instruction lower(Node n, Places p);
  }

  private static final Map<Class<? extends Op>, Lowering> ALL =
      Map.ofEntries(
          one(Attention.AddOuter.class, AttentionLowering::addOuter),
          one(Attention.Additive.class, AttentionLowering::additive),
          one(Attention.AdditiveGradient.class, AttentionLowering::additiveGradient),
          one(Attention.Dot.class, AttentionLowering::dot),
          one(Attention.Mix.class, AttentionLowering::mix),
          one(Attention.Window.class, AttentionLowering::window),
          one(Constants.DropoutMask.class, ElementwiseLowering::dropoutMask),
          one(Constants.Fill.class, ElementwiseLowering::fill),
          one(Constants.Range.class, ElementwiseLowering::range),
          entry(DepthwiseConvolution.CausalSilu.class, ConvolutionLowering::silu),
          entry(DepthwiseConvolution.CausalSiluGradient.class, ConvolutionLowering::siluGradient),
          one(Elementwise.Affine.class, ElementwiseLowering::affine),
          one(Elementwise.Binary.class, ElementwiseLowering::binary),
          one(Elementwise.Unary.class, ElementwiseLowering::unary),
          one(Elementwise.UnaryGradient.class, ElementwiseLowering::unaryGradient),
          one(Embedding.Lookup.class, MoveLowering::lookup),
          one(Embedding.LookupGradient.class, MoveLowering::lookupGradient),
          one(Gate.Swiglu.class, CellLowering::swiglu),
          one(Gate.SwigluGradient.class, CellLowering::swigluGradient),
          one(Gate.Unit.class, CellLowering::gate),
          one(Gate.UnitGradient.class, CellLowering::gateGradient),
          one(Loss.CrossEntropy.class, RowLowering::crossEntropy),
          one(Loss.CrossEntropyGradient.class, RowLowering::crossEntropyGradient),
          one(MatMul.Batched.class, ProductLowering::batched),
          one(MatMul.BatchedWeightGradient.class, ProductLowering::batchedWeightGradient),
          one(MatMul.Dense.class, ProductLowering::dense),
          one(MatMul.WeightGradient.class, ProductLowering::weightGradient),
          one(MultiHead.Attend.class, AttentionLowering::attend),
          entry(MultiHead.AttendGradient.class, AttentionLowering::attendGradient),
          one(Normalize.Softmax.class, RowLowering::softmax),
          one(Normalize.SoftmaxGradient.class, RowLowering::softmaxGradient),
          one(Padding.Reverse.class, MoveLowering::reverse),
          one(Padding.Rotate.class, MoveLowering::rotate),
          one(Recurrent.GruCell.class, CellLowering::gru),
          one(Recurrent.GruCellGradient.class, CellLowering::gruGradient),
          one(Recurrent.LstmCell.class, CellLowering::lstm),
          one(Recurrent.LstmCellGradient.class, CellLowering::lstmGradient),
          one(Reduce.Broadcast.class, MoveLowering::broadcast),
          one(Reduce.SumTo.class, SumLowering::sumTo),
          one(Rotary.Turn.class, MoveLowering::turn),
          one(Segments.Sentences.class, MoveLowering::sentences),
          entry(Shapes.Concat.class, MoveLowering::concat),
          one(Shapes.Copy.class, MoveLowering::copy),
          one(Shapes.Slice.class, MoveLowering::slice),
          one(Shapes.Transpose.class, MoveLowering::transpose),
          one(Shapes.Unslice.class, MoveLowering::unslice),
          one(Standardize.GainGradient.class, SumLowering::gainGradient),
          one(Standardize.Rows.class, RowLowering::standardize),
          one(Standardize.RowsGradient.class, RowLowering::standardizeGradient),
          one(StateSpace.SelectiveScan.class, StateSpaceLowering::scan),
          entry(StateSpace.SelectiveScanGradient.class, StateSpaceLowering::scanGradient),
          entry(StepSize.Projected.class, StateSpaceLowering::stepSize),
          entry(StepSize.ProjectedGradient.class, StateSpaceLowering::stepSizeGradient),
          one(Unfolding.Fold.class, MoveLowering::fold),
          one(Unfolding.Unfold.class, MoveLowering::unfold),
          one(Update.AdamW.class, ElementwiseLowering::adamw),
          entry(Update.ClipNorm.class, SumLowering::clipNorm));

  private Lowerings() {}

  private static Map.Entry<Class<? extends Op>, Lowering> one(Class<? extends Op> op, Single how) {
    return entry(op, (n, p) -> List.of(how.lower(n, p)));
  }

  /**
   * The private memory that a node's instructions want, in floats.
   *
   * @throws IllegalStateException if there is no kernel for the op of a node
   */
  static int scratchFloats(Node n) {
    if (!ALL.containsKey(n.op().getClass()) && n.op().viewOffset(n) < 0) {
      String reference = n.op().runsByReference() ? ", which could run it by its reference" : "";
      throw new IllegalStateException(
          "backend tornado: no kernel for op %s of node %s; use the CPU backend%s"
              .formatted(n.op().name(), n, reference));
    }
    return switch (n.op()) {
      case DepthwiseConvolution.CausalSilu op -> ConvolutionLowering.scratchFloats(n);
      case DepthwiseConvolution.CausalSiluGradient op -> ConvolutionLowering.scratchFloats(n);
      case MultiHead.AttendGradient op -> n.in(1).shape().size();
      case StepSize.ProjectedGradient op -> n.in(1).shape().size();
      case Update.ClipNorm op -> SumLowering.chunks(n);
      default -> 0;
    };
  }

  /** The instructions of a node; none for one that only looks at its operand differently. */
  static List<Instruction> lower(Node n, Places p) {
    return n.op().viewOffset(n) >= 0 ? List.of() : ALL.get(n.op().getClass()).lower(n, p);
  }
}
