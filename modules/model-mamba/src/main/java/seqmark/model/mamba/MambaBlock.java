package seqmark.model.mamba;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.convolutionSilu;
import static seqmark.compute.Ops.dropout;
import static seqmark.compute.Ops.exp;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.selectiveScan;
import static seqmark.compute.Ops.slice;
import static seqmark.compute.Ops.swiglu;
import static seqmark.compute.Ops.zeros;

import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.RmsNorm;

/**
 * A residual Mamba block (Gu and Dao 2023, section 3.4 and figure 3): norm, then a branch of
 * projection, convolution, SiLU and selective scan, times a branch of projection and SiLU, then a
 * projection back. Shapes: B sequences, L steps, D outside, E channels inside, N states.
 *
 * @param config the settings
 * @param norm of the input
 * @param in {@code [D, 2 E]}: both branches; {@code [D, E]} without the gate
 * @param taps {@code [K, E]}
 * @param tapsBias {@code [E]}
 * @param matrices of the scan
 * @param logDecay the logarithm of -A {@code [N, E]}
 * @param skip from the scan's input to its output {@code [E]}
 * @param out {@code [E, D]}
 */
record MambaBlock(
    MambaConfig config,
    RmsNorm norm,
    Linear in,
    Value taps,
    Value tapsBias,
    StateMatrices matrices,
    Value logDecay,
    Value skip,
    Linear out) {
  /**
   * What a sequence leaves behind, whatever its length.
   *
   * @param window the last K - 1 inputs of the convolution {@code [B, K - 1, E]}
   * @param hidden the state of the scan {@code [B, N, E]}
   */
  record Memory(Value window, Value hidden) {
    /** Before the first step. */
    static Memory empty(Graph g, MambaConfig config, int batch) {
      return new Memory(
          zeros(g, batch, config.dConv() - 1, config.inner()),
          zeros(g, batch, config.dState(), config.inner()));
    }

    List<Value> values() {
      return List.of(window, hidden);
    }
  }

  /**
   * What a block gives.
   *
   * @param x for the next block {@code [B, L, D]}
   * @param memory for the next step
   */
  record Output(Value x, Memory memory) {}

  static MambaBlock of(Graph g, String name, MambaConfig config) {
    int inner = config.inner();
    int taps = config.dConv();
    Init tap = Init.uniform(1 / Math.sqrt(taps));
    // The more blocks add to the stream, the less each does at first.
    Init shared = Init.uniform(1 / Math.sqrt((double) inner * config.layers()));
    return new MambaBlock(
        config,
        RmsNorm.of(g, name + ".norm", config.dModel()),
        Linear.unbiased(g, name + ".in", config.dModel(), config.gated() ? 2 * inner : inner),
        g.parameter(name + ".convolution.weight", tap, taps, inner),
        g.parameter(name + ".convolution.bias", tap, inner),
        StateMatrices.of(g, name + ".scan", config),
        g.parameter(name + ".scan.a", MambaInit.logDecay(inner), config.dState(), inner),
        g.parameter(name + ".scan.skip", Init.constant(1), inner),
        Linear.unbiased(g, name + ".out", inner, config.dModel(), shared));
  }

  /**
   * Whole sequences from their start.
   *
   * @param x {@code [B, L, D]}, zeros for padding in front; so is what comes out
   * @param mask {@code [B, L]}
   */
  Output sequence(Value x, Value mask) {
    Memory before = Memory.empty(x.graph(), config, x.shape().dim(0));
    Value projected = in.apply(norm.apply(x)); // [B, L, E or 2 E]
    Value input = slice(projected, 2, 0, config.inner()); // [B, L, E]
    // The bias alone would start the state of padding.
    Value u = convolutionSilu(input, taps, tapsBias, mask); // [B, L, E]
    return finish(x, projected, u, concat(1, before.window(), input), before);
  }

  /** One step from what the steps before left behind: x {@code [B, 1, D]}. */
  Output step(Value x, Memory before) {
    Value projected = in.apply(norm.apply(x)); // [B, 1, E or 2 E]
    Value input = slice(projected, 2, 0, config.inner()); // [B, 1, E]
    Value history = concat(1, before.window(), input); // [B, K, E]
    int last = config.dConv() - 1;
    Value mask = fill(x.graph(), 1, Shape.of(x.shape().dim(0), last + 1)); // [B, K]
    Value convolved = convolutionSilu(history, taps, tapsBias, mask); // [B, K, E]
    Value u = slice(convolved, 1, last, last + 1); // [B, 1, E]
    return finish(x, projected, u, history, before);
  }

  /** From u {@code [B, L, E]} on; history is the window before and all inputs since. */
  private Output finish(Value x, Value projected, Value u, Value history, Memory before) {
    int inner = config.inner();
    Value a = affine(exp(logDecay), -1, 0); // [N, E]
    StateMatrices.Matrices m = matrices.of(u);
    List<Value> scanned =
        selectiveScan(
            config.discretisation(), u, m.delta(), a, m.b(), m.c(), skip, before.hidden());
    Value y = scanned.get(0); // [B, L, E]
    if (config.gated()) {
      y = swiglu(y, slice(projected, 2, inner, 2 * inner));
    }
    int end = history.shape().dim(1);
    Value window = slice(history, 1, end - config.dConv() + 1, end); // [B, K - 1, E]
    return new Output(
        add(dropout(out.apply(y), config.dropout()), x), new Memory(window, scanned.get(1)));
  }
}
