package seqmark.backend.cpu;

import static java.util.Map.entry;

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

/** Which kernel computes which op. */
final class Kernels {
  private interface Factory {
    Kernel create(Node node, Memory memory);
  }

  private static final Map<Class<? extends Op>, Factory> FACTORIES =
      Map.ofEntries(
          entry(Attention.AddOuter.class, AttentionKernels.AddOuter::new),
          entry(Attention.Additive.class, AdditiveKernels.Additive::new),
          entry(Attention.AdditiveGradient.class, AdditiveKernels.AdditiveGradient::new),
          entry(Attention.Dot.class, AttentionKernels.Dot::new),
          entry(Attention.Mix.class, AttentionKernels.Mix::new),
          entry(Attention.Window.class, AttentionKernels.Window::new),
          entry(Constants.DropoutMask.class, ConstantKernels.DropoutMask::new),
          entry(Constants.Fill.class, ConstantKernels.Fill::new),
          entry(Constants.Range.class, ConstantKernels.Range::new),
          entry(DepthwiseConvolution.CausalSilu.class, DepthwiseKernels.CausalSilu::new),
          entry(
              DepthwiseConvolution.CausalSiluGradient.class,
              DepthwiseKernels.CausalSiluGradient::new),
          entry(Elementwise.Affine.class, ElementwiseKernels.Affine::new),
          entry(Elementwise.Binary.class, ElementwiseKernels.Binary::new),
          entry(Elementwise.Unary.class, ElementwiseKernels.Unary::new),
          entry(Elementwise.UnaryGradient.class, ElementwiseKernels.UnaryGradient::new),
          entry(Embedding.Lookup.class, EmbeddingKernels.Lookup::new),
          entry(Embedding.LookupGradient.class, EmbeddingKernels.LookupGradient::new),
          entry(Gate.Swiglu.class, SwigluKernels.Swiglu::new),
          entry(Gate.SwigluGradient.class, SwigluKernels.SwigluGradient::new),
          entry(Gate.Unit.class, GateKernels.Unit::new),
          entry(Gate.UnitGradient.class, GateKernels.UnitGradient::new),
          entry(Loss.CrossEntropy.class, LossKernels.CrossEntropy::new),
          entry(Loss.CrossEntropyGradient.class, LossKernels.CrossEntropyGradient::new),
          entry(MatMul.BatchedWeightGradient.class, MatMulKernels.BatchedWeightGradient::new),
          entry(MatMul.Batched.class, MatMulKernels.Batched::new),
          entry(MatMul.Dense.class, MatMulKernels.Dense::new),
          entry(MatMul.WeightGradient.class, MatMulKernels.WeightGradient::new),
          entry(MultiHead.Attend.class, AttendKernel::new),
          entry(MultiHead.AttendGradient.class, AttendGradientKernel::new),
          entry(Normalize.Softmax.class, SoftmaxKernels.Softmax::new),
          entry(Normalize.SoftmaxGradient.class, SoftmaxKernels.SoftmaxGradient::new),
          entry(Padding.Reverse.class, PaddingKernels.Reverse::new),
          entry(Padding.Rotate.class, PaddingKernels.Rotate::new),
          entry(Recurrent.GruCell.class, GruKernels.GruCell::new),
          entry(Recurrent.GruCellGradient.class, GruKernels.GruCellGradient::new),
          entry(Recurrent.LstmCell.class, LstmKernels.LstmCell::new),
          entry(Recurrent.LstmCellGradient.class, LstmKernels.LstmCellGradient::new),
          entry(Reduce.Broadcast.class, ReduceKernels.Broadcast::new),
          entry(Reduce.SumTo.class, ReduceKernels.SumTo::new),
          entry(Rotary.Turn.class, RotaryKernel::new),
          entry(Segments.Sentences.class, SegmentKernels.Sentences::new),
          entry(Shapes.Concat.class, ShapeKernels.Concat::new),
          entry(Shapes.Copy.class, ShapeKernels.Copy::new),
          entry(Shapes.Slice.class, ShapeKernels.Slice::new),
          entry(Shapes.Transpose.class, ShapeKernels.Transpose::new),
          entry(Shapes.Unslice.class, ShapeKernels.Unslice::new),
          entry(Standardize.GainGradient.class, StandardizeKernels.GainGradient::new),
          entry(Standardize.Rows.class, StandardizeKernels.Rows::new),
          entry(Standardize.RowsGradient.class, StandardizeKernels.RowsGradient::new),
          entry(StateSpace.SelectiveScan.class, SelectiveScanKernels.SelectiveScan::new),
          entry(
              StateSpace.SelectiveScanGradient.class,
              SelectiveScanKernels.SelectiveScanGradient::new),
          entry(StepSize.Projected.class, StepSizeKernels.Projected::new),
          entry(StepSize.ProjectedGradient.class, StepSizeKernels.ProjectedGradient::new),
          entry(Unfolding.Fold.class, UnfoldingKernels.Fold::new),
          entry(Unfolding.Unfold.class, UnfoldingKernels.Unfold::new),
          entry(Update.AdamW.class, UpdateKernels.AdamW::new),
          entry(Update.ClipNorm.class, UpdateKernels.ClipNorm::new));

  private Kernels() {}

  /**
   * The kernel of a node.
   *
   * @throws IllegalStateException if this backend has none for the op
   */
  static Kernel create(Node node, Memory memory) {
    Factory factory = FACTORIES.get(node.op().getClass());
    if (factory != null) {
      return factory.create(node, memory);
    }
    if (node.op().runsByReference()) {
      return new ReferenceKernel(node, memory);
    }
    throw new IllegalStateException(
        "backend cpu: no kernel for op "
            + node.op().name()
            + " of node "
            + node
            + ", and the op does not say that it runsByReference");
  }
}
