package seqmark.model.memory;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.compute.op.MatMul;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.layer.Linear;

/**
 * Key-value memory networks (Miller, Fisch, Dodge, Karimi, Bordes and Weston 2016, section 3.1): a
 * query q is compared with keys, reads {@code o = sum_i softmax_i(q · k_i) v_i}, and goes on as
 * {@code R_h (q + o)}, with a matrix of its own for each hop; the last is compared with the vectors
 * of the words to predict.
 *
 * <p>What keys and values are is the task's business in the paper. Here a key is what comes before
 * a token, a window of {@code context} tokens, and its value is the token itself: what followed.
 * The query is the window of the last tokens written, by the same vectors, so that it finds where
 * something like them was read or written before; as in {@link MemoryNetwork} the question and the
 * number of tokens written are added. Where the source has sentences, key and value are both the
 * sentence, the paper's "sentence level" of section 3.2, by different vectors. Words to predict
 * have the vectors of values.
 *
 * <p>The matrices R start as the identity, so that at first hops add up as in {@link
 * MemoryNetwork}; the paper does not say how they start.
 *
 * @param config the settings
 * @param form extents and encodings
 */
record KeyValueMemory(KeyValueMemoryConfig config, Form form) {
  /** The model for a task. */
  static SequenceModel of(KeyValueMemoryConfig config, Problem problem) {
    Form form = config.form(problem);
    return new MemoryModel(form, new KeyValueMemory(config, form)::network);
  }

  private Network network(Graph g) {
    Window window = Window.of(g, "window", form);
    Matrix keys = Matrix.of(g, "key", form, Optional.of(window));
    Matrix values = Matrix.of(g, "value", form, Optional.empty());
    Value predicted = values.words().target().table(); // [V, E]
    return new Network(
        form,
        List.of(keys, values),
        Query.of(g, form, keys.words(), window),
        IntStream.range(0, config.hops()).mapToObj(i -> hop(g, i)).toList(),
        q -> Ops.apply(new MatMul.Dense(true), q, predicted));
  }

  private Network.Hop hop(Graph g, int i) {
    int width = config.width();
    Linear update = Linear.unbiased(g, "hop." + i, width, width, Init.identity(width));
    return new Network.Hop(0, 1, (q, o) -> update.apply(Ops.add(q, o)));
  }
}
