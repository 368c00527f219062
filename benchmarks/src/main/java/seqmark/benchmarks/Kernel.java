package seqmark.benchmarks;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.attend;
import static seqmark.compute.Ops.attentionAdditive;
import static seqmark.compute.Ops.convolutionSilu;
import static seqmark.compute.Ops.crossEntropy;
import static seqmark.compute.Ops.dense;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.gelu;
import static seqmark.compute.Ops.gruCell;
import static seqmark.compute.Ops.layerNorm;
import static seqmark.compute.Ops.lookup;
import static seqmark.compute.Ops.lstmCell;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.selectiveScan;
import static seqmark.compute.Ops.softmax;
import static seqmark.compute.Ops.sum;
import static seqmark.compute.Ops.tanh;

import java.util.List;
import java.util.function.Function;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.MultiHead;
import seqmark.compute.op.StateSpace;
import seqmark.compute.op.Update;

/**
 * Graphs of one kernel each, at the extents that the models of {@code workloads.json} have. Where
 * the gradient is measured too, it is together with the forward pass.
 */
public enum Kernel {
  /** Rows of scores. */
  SOFTMAX(false, g -> softmax(value(g, "x", 8192, 64), null)),
  /** With its gradient. */
  SOFTMAX_GRADIENT(true, g -> softmax(value(g, "x", 8192, 64), null)),
  /** Logits of a batch. */
  CROSS_ENTROPY_GRADIENT(
      true,
      g -> {
        Value ids = fill(g, 3, Shape.of(2048));
        return crossEntropy(value(g, "x", 2048, 64), ids, ones(g, 2048), 0);
      }),
  /** Of a Transformer's positions. */
  LAYER_NORM(false, Kernel::norm),
  /** With its gradient. */
  LAYER_NORM_GRADIENT(true, Kernel::norm),
  /** 4 heads, causal. */
  ATTENTION(false, Kernel::attention),
  /** With its gradient. */
  ATTENTION_GRADIENT(true, Kernel::attention),
  /** Bahdanau's score of one step. */
  ADDITIVE_ATTENTION(false, Kernel::additive),
  /** With its gradient. */
  ADDITIVE_ATTENTION_GRADIENT(true, Kernel::additive),
  /** Mamba's recurrence. */
  SELECTIVE_SCAN(false, Kernel::scan),
  /** With its gradient. */
  SELECTIVE_SCAN_GRADIENT(true, Kernel::scan),
  /** Mamba's convolution. */
  CAUSAL_CONVOLUTION(false, Kernel::convolution),
  /** With its gradient. */
  CAUSAL_CONVOLUTION_GRADIENT(true, Kernel::convolution),
  /** A step of an LSTM behind its products. */
  LSTM_CELL(false, g -> lstmCell(value(g, "gates", 32, 512), value(g, "c", 32, 128)).getFirst()),
  /** With its gradient. */
  LSTM_CELL_GRADIENT(
      true, g -> lstmCell(value(g, "gates", 32, 512), value(g, "c", 32, 128)).getFirst()),
  /** A step of a GRU behind its products. */
  GRU_CELL(
      false,
      g -> {
        Value input = value(g, "input", 32, 384);
        return gruCell(input, value(g, "state", 32, 384), value(g, "h", 32, 128), null);
      }),
  /** Addition, in the second-level cache. */
  ADD(false, g -> add(value(g, "x", 256, 256), value(g, "y", 256, 256))),
  /** Addition, in memory. */
  ADD_LARGE(false, g -> add(value(g, "x", 4096, 2048), value(g, "y", 4096, 2048))),
  /** A function of medium cost. */
  TANH(false, g -> tanh(value(g, "x", 256, 256))),
  /** A function of high cost. */
  GELU(false, g -> gelu(value(g, "x", 256, 256))),
  /** Rows of a table. */
  EMBEDDING(false, Kernel::embedding),
  /** With their gradient: sums of rows of the same id. */
  EMBEDDING_GRADIENT(true, Kernel::embedding),
  /** A map with a bias, and with the gradients of weight and input. */
  DENSE_GRADIENT(
      true, g -> dense(value(g, "x", 1024, 128), value(g, "w", 128, 512), value(g, "bias", 512))),
  /** The update of a million parameters. */
  ADAMW(false, Kernel::update);

  private final boolean gradient;
  private final Function<Graph, Value> traced;

  Kernel(boolean gradient, Function<Graph, Value> traced) {
    this.gradient = gradient;
    this.traced = traced;
  }

  /** The graph: the kernel alone, or with the gradients of all its operands. */
  Graph graph() {
    Graph g = new Graph(gradient);
    Value result = traced.apply(g);
    if (gradient) {
      Value loss = g.output(sum(multiply(result, fill(g, 0.01, result.shape()))));
      Gradients.of(loss, g.parameters()).forEach(g::output);
    } else {
      g.output(result);
    }
    return g;
  }

  private static Value value(Graph g, String name, int... shape) {
    return g.parameter(name, Init.normal(0.5), shape);
  }

  private static Value ones(Graph g, int... shape) {
    return fill(g, 1, Shape.of(shape));
  }

  private static Value norm(Graph g) {
    return layerNorm(value(g, "x", 2048, 128), value(g, "gain", 128), value(g, "bias", 128));
  }

  private static Value attention(Graph g) {
    MultiHead.Attend how = new MultiHead.Attend(4, (float) Math.sqrt(1.0 / 32), true, false);
    Value queries = value(g, "q", 32, 128, 128);
    Value keys = value(g, "k", 32, 128, 128);
    return attend(how, queries, keys, value(g, "v", 32, 128, 128), ones(g, 32, 128));
  }

  private static Value additive(Graph g) {
    return attentionAdditive(value(g, "q", 32, 64), value(g, "k", 32, 32, 64), value(g, "v", 64));
  }

  private static Value scan(Graph g) {
    return selectiveScan(
            StateSpace.Discretisation.EULER,
            value(g, "u", 32, 128, 128),
            fill(g, 0.1, Shape.of(32, 128, 128)),
            fill(g, -1, Shape.of(16, 128)),
            value(g, "b", 32, 128, 16),
            value(g, "c", 32, 128, 16),
            value(g, "skip", 128),
            fill(g, 0, Shape.of(32, 16, 128)))
        .getFirst();
  }

  private static Value convolution(Graph g) {
    return convolutionSilu(
        value(g, "x", 32, 128, 128),
        value(g, "weight", 4, 128),
        value(g, "bias", 128),
        fill(g, 1, Shape.of(32, 128)));
  }

  private static Value embedding(Graph g) {
    return lookup(value(g, "table", 1024, 64), Ops.range(g, 1024));
  }

  private static Value update(Graph g) {
    Shape shape = Shape.of(1024, 1024);
    Value parameter = value(g, "p", 1024, 1024);
    Value gradient = g.constant("gradient", Init.normal(0.01), 1024, 1024);
    Value mean = g.state("mean", shape);
    Value square = g.state("square", shape);
    Value rates = fill(g, 0.001, Shape.of(3));
    Value factor = ones(g);
    Update.AdamW op = new Update.AdamW(0.9f, 0.999f, 1e-8f, 0.01f);
    List<Value> none = Ops.applyAll(op, parameter, gradient, mean, square, factor, rates);
    return none.isEmpty() ? factor : none.getFirst();
  }
}
