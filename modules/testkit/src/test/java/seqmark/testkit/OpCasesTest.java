package seqmark.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

class OpCasesTest {
  private static final Set<Class<?>> WITHOUT_OPERANDS =
      Set.of(Constants.Fill.class, Constants.Range.class);

  @Test
  void noOpIsForgotten() {
    Set<Class<?>> tried =
        OpCases.all().stream().map(c -> c.op().getClass()).collect(Collectors.toSet());
    Set<Class<?>> all =
        Stream.of(
                Attention.class,
                Constants.class,
                DepthwiseConvolution.class,
                Elementwise.class,
                Embedding.class,
                Gate.class,
                Loss.class,
                MatMul.class,
                MultiHead.class,
                Normalize.class,
                Padding.class,
                Recurrent.class,
                Reduce.class,
                Rotary.class,
                Segments.class,
                Shapes.class,
                Standardize.class,
                StateSpace.class,
                StepSize.class,
                Unfolding.class,
                Update.class)
            .flatMap(family -> Arrays.stream(family.getDeclaredClasses()))
            .filter(Op.class::isAssignableFrom)
            .filter(op -> !WITHOUT_OPERANDS.contains(op))
            .collect(Collectors.toSet());
    assertEquals(all, tried);
  }
}
