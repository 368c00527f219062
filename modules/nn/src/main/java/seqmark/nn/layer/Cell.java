package seqmark.nn.layer;

import java.util.List;
import java.util.Locale;
import seqmark.compute.Graph;
import seqmark.compute.Value;

/**
 * One step of a recurrent net, in two parts: what depends on the input alone is computed for all
 * time steps at once by {@link #project}, the rest step by step by {@link #step}.
 *
 * <p>Weights start uniform in {@code ±1/sqrt(hidden)}, as in PyTorch: at that size the recurrent
 * product neither swells nor vanishes over the 10–50 steps of a sequence. An LSTM's forget gate
 * starts with a bias of 1 (Jozefowicz et al. 2015), so that it remembers before it has learnt what
 * to forget.
 */
public sealed interface Cell permits RnnCell, GruCell, LstmCell {
  /** Which recurrence. */
  enum Kind {
    /** Elman 1990. */
    RNN,
    /** Cho et al. 2014. */
    GRU,
    /** Hochreiter and Schmidhuber 1997. */
    LSTM;

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** A cell of this kind. */
    public Cell of(Graph g, String name, int in, int hidden) {
      return switch (this) {
        case RNN -> RnnCell.of(g, name, in, hidden);
        case GRU -> GruCell.of(g, name, in, hidden);
        case LSTM -> LstmCell.of(g, name, in, hidden);
      };
    }

    /** How many values a cell carries from step to step: the hidden state first. */
    public int carries() {
      return this == LSTM ? 2 : 1;
    }

    /** How many times {@code hidden} a projected input is wide. */
    public int gates() {
      return switch (this) {
        case RNN -> 1;
        case GRU -> 3;
        case LSTM -> 4;
      };
    }
  }

  /** Which recurrence this is. */
  Kind kind();

  /** The width of the hidden state. */
  int hidden();

  /** Inputs {@code [..., in]} to their part of the gates {@code [..., gates * hidden]}. */
  Value project(Value input);

  /**
   * One step.
   *
   * @param projected {@code [B, gates * hidden]}, from {@link #project} and perhaps further terms
   * @param carry the values of the step before, each {@code [B, hidden]}
   * @param mask {@code [B]}: rows with 0 keep their carry; null for none
   * @return the carry after the step, the hidden state first
   */
  List<Value> step(Value projected, List<Value> carry, Value mask);
}
