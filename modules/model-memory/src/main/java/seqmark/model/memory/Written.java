package seqmark.model.memory;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.attentionWindow;
import static seqmark.compute.Ops.broadcast;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.range;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.sumTo;
import static seqmark.compute.Ops.zeros;

import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.State;

/** The target tokens that queries and memories are made of, {@link seqmark.nn.Tokens#BOS} first. */
sealed interface Written {
  /** {@code [B, C]}. */
  Value ids();

  /** The ids {@code [B, T]} that many places before the last of each query; 0 if there is none. */
  Value back(int places);

  /** How many tokens were written before each query's last: {@code [T]} or {@code [B, T]}. */
  Value count();

  /** {@code [B, T, C]}: 1 for the tokens before each query's last, which are its memories. */
  Value before();

  /**
   * All at once, as training knows them: {@code C = T}.
   *
   * @param ids {@code [B, T]}
   */
  record Forced(Value ids) implements Written {
    @Override
    public Value back(int places) {
      return Window.later(ids, places);
    }

    @Override
    public Value count() {
      return range(ids.graph(), length());
    }

    @Override
    public Value before() {
      Value seen = columnsBefore(reshape(count(), length(), 1), length()); // [T, T]
      return broadcast(seen, Shape.of(ids.shape().dim(0), length(), length()));
    }

    private int length() {
      return ids.shape().dim(1);
    }
  }

  /**
   * One after the other, as generation does: {@code T = 1}. Its state are the ids themselves: their
   * vectors are looked up again at every step.
   *
   * @param ids {@code [B, C]}, 0 for those not yet written
   * @param count {@code [B, 1]}
   */
  record Stepped(Value ids, Value count) implements Written {
    static List<Value> start(Graph g, int batch, int capacity) {
      return List.of(zeros(g, batch, capacity), zeros(g, batch, 1));
    }

    /** What a state has written and then a token, ids {@code [B]}. */
    static Stepped of(State state, Value token) {
      Value ids = state.carry().get(0);
      Value count = state.carry().get(1);
      Value here = attentionWindow(count, ones(ids), 0); // [B, C]
      Value column = reshape(token, count.shape());
      return new Stepped(add(ids, multiply(here, column)), count);
    }

    /** The state behind this step. */
    State next(State state) {
      return state.with(ids, affine(count, 1, 1));
    }

    @Override
    public Value back(int places) {
      Value there = attentionWindow(affine(count, 1, -places), ones(ids), 0); // [B, C]
      return sumTo(multiply(ids, there), count.shape()); // [B, 1]
    }

    @Override
    public Value before() {
      Value seen = columnsBefore(count, ids.shape().dim(1)); // [B, C]
      return reshape(seen, ids.shape().dim(0), 1, ids.shape().dim(1));
    }

    private static Value ones(Value ids) {
      return fill(ids.graph(), 1, ids.shape());
    }
  }

  /** {@code [N, C]}: 1 for columns below a count {@code [N, 1]} of at most C. */
  private static Value columnsBefore(Value count, int columns) {
    Value ones = fill(count.graph(), 1, Shape.of(count.shape().dim(0), columns));
    return attentionWindow(affine(count, 1, -columns - 1), ones, columns);
  }
}
