package seqmark.model.mamba;

import static seqmark.compute.Ops.broadcast;
import static seqmark.compute.Ops.slice;
import static seqmark.compute.Ops.softplus;
import static seqmark.compute.Ops.stepSize;

import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Value;
import seqmark.nn.layer.Linear;

/** Where a scan's delta, B and C come from. */
sealed interface StateMatrices {
  /**
   * What a scan over {@code [B, L, E]} needs.
   *
   * @param delta step sizes {@code [B, L, E]}
   * @param b input matrices, {@code [B, L, N]} or {@code [N, E]}
   * @param c output matrices of the same shape
   */
  record Matrices(Value delta, Value b, Value c) {}

  /** The matrices for a scan's input u {@code [B, L, E]}. */
  Matrices of(Value u);

  /** Those that the settings ask for. */
  static StateMatrices of(Graph g, String name, MambaConfig config) {
    return config.selective()
        ? Selective.create(g, name, config)
        : Invariant.create(g, name, config);
  }

  /**
   * Chosen by the input, the paper's contribution: algorithm 2 and section 3.6.
   *
   * @param input u to the narrow delta, B and C: {@code [E, R + 2 N]}
   * @param deltaWeight the narrow delta to every channel: {@code [R, E]}
   * @param deltaBias {@code [E]}
   */
  record Selective(Linear input, Value deltaWeight, Value deltaBias, int rank, int states)
      implements StateMatrices {
    static Selective create(Graph g, String name, MambaConfig config) {
      int rank = config.deltaRank();
      Init weight = Init.uniform(1 / Math.sqrt(rank));
      int inner = config.inner();
      return new Selective(
          Linear.unbiased(g, name + ".input", inner, rank + 2 * config.dState()),
          g.parameter(name + ".delta.weight", weight, rank, inner),
          g.parameter(name + ".delta.bias", MambaInit.step(), inner),
          rank,
          config.dState());
    }

    @Override
    public Matrices of(Value u) {
      Value all = input.apply(u); // [B, L, R + 2 N]
      Value narrow = slice(all, 2, 0, rank); // [B, L, R]
      return new Matrices(
          stepSize(narrow, deltaWeight, deltaBias), // [B, L, E]
          slice(all, 2, rank, rank + states), // [B, L, N]
          slice(all, 2, rank + states, rank + 2 * states)); // [B, L, N]
    }
  }

  /**
   * The same at all times, so that the scan is a linear time-invariant system: algorithm 1.
   *
   * @param delta before softplus {@code [E]}
   * @param b {@code [N, E]}
   * @param c {@code [N, E]}
   */
  record Invariant(Value delta, Value b, Value c) implements StateMatrices {
    static Invariant create(Graph g, String name, MambaConfig config) {
      int states = config.dState();
      int inner = config.inner();
      return new Invariant(
          g.parameter(name + ".delta.bias", MambaInit.step(), inner),
          g.parameter(name + ".b", Init.constant(1), states, inner),
          g.parameter(name + ".c", Init.normal(1), states, inner));
    }

    @Override
    public Matrices of(Value u) {
      return new Matrices(broadcast(softplus(delta), u.shape()), b, c);
    }
  }
}
