package seqmark.model.memory;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.compute.op.MatMul;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.Stream;

/**
 * End-to-end memory networks (Sukhbaatar, Szlam, Weston and Fergus 2015): a query u is compared
 * with memories {@code m_i = A x_i}, reads {@code o = sum_i softmax_i(u · m_i) C x_i}, and goes on
 * as {@code u + o} for K hops; then {@code W u} predicts.
 *
 * <p>As in the paper: a sentence is a memory, its words summed by position encoding or as a bag;
 * temporal encoding; adjacent tying ({@code A_(k+1) = C_k, B = A_1, W^T = C_K}) or layer-wise tying
 * ({@code u_(k+1) = H u_k + o_k}); all tables start normal with a deviation of 0.1. Linear start
 * and random noise, which are ways of training, are left out.
 *
 * <p>The paper answers a question with one word. To write sequences, every target token has a query
 * of its own: the paper's question, which is the last sentence of the source, plus the last tokens
 * written, plus a vector for how many were written. The tokens before the last one written are
 * memories too, so that an answer can depend on all of itself. Where a source has no sentences,
 * each of its tokens is a memory, and the last one is the question besides. Memories are numbered
 * from the first or from both ends as well as from the last, as {@link Temporal} says: to copy, a
 * query has to find the place as many tokens from the start as it has written.
 *
 * @param config the settings
 * @param form extents and encodings
 */
record MemoryNetwork(MemoryNetworkConfig config, Form form) {
  /** The model for a task. */
  static SequenceModel of(MemoryNetworkConfig config, Problem problem) {
    Form form = config.form(problem);
    return new MemoryModel(form, new MemoryNetwork(config, form)::network);
  }

  private Network network(Graph g) {
    return switch (config.tying()) {
      case ADJACENT -> adjacent(g);
      case LAYER_WISE -> layerWise(g);
    };
  }

  private Network adjacent(Graph g) {
    List<Matrix> matrices =
        IntStream.rangeClosed(0, config.hops())
            .mapToObj(i -> Matrix.of(g, "memory." + i, form, Optional.empty()))
            .toList();
    Value last = matrices.getLast().words().target().table(); // [V, E]
    return new Network(
        form,
        matrices,
        Query.of(g, form, matrices.getFirst().words(), Window.of(g, "query.window", form)),
        IntStream.range(0, config.hops())
            .mapToObj(i -> new Network.Hop(i, i + 1, Ops::add))
            .toList(),
        u -> Ops.apply(new MatMul.Dense(true), u, last));
  }

  private Network layerWise(Graph g) {
    int width = config.width();
    Linear again = Linear.unbiased(g, "hop", width, width, Form.START);
    Linear output =
        Linear.unbiased(g, "output", width, form.problem().targetVocabulary(), Form.START);
    Stream.Vectors words = Stream.Vectors.of(g, "query", form.problem(), width, Form.START);
    return new Network(
        form,
        List.of(
            Matrix.of(g, "memory.in", form, Optional.empty()),
            Matrix.of(g, "memory.out", form, Optional.empty())),
        Query.of(g, form, words, Window.of(g, "query.window", form)),
        Collections.nCopies(config.hops(), new Network.Hop(0, 1, (u, o) -> again.addTo(o, u))),
        output::apply);
  }
}
