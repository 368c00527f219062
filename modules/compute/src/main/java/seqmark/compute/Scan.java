package seqmark.compute;

import java.util.List;

/**
 * A whole loop as one op. Operands: the first values of the carries, the stacked tensors that are
 * sliced, everything else that the body uses. Results: whatever was asked of {@link Loop#stack} and
 * {@link Loop#last}.
 *
 * @param loop the body and its ends
 */
public record Scan(Loop loop) implements Op {
  @Override
  public String name() {
    return loop.name();
  }

  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of();
  }

  @Override
  public void vjp(Node node, GradientContext g) {
    new LoopGradients((Gradients) g, loop).run();
  }

  @Override
  public void reference(Node node, double[][] in, double[][] out) {
    throw new UnsupportedOperationException("loops are run by the reference backend itself");
  }

  @Override
  public Cost cost(Node node) {
    return Cost.of(loop.nodes()).times(loop.steps());
  }

  @Override
  public String toString() {
    return "Scan[" + loop.name() + ", " + loop.steps() + " steps]";
  }
}
