package seqmark.model.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.layer.LayerNorm;
import seqmark.nn.layer.MultiHeadAttention.Keys;
import seqmark.nn.layer.Positions;
import seqmark.nn.layer.Residual;

/**
 * The layers of an encoder or of a decoder, behind the embeddings.
 *
 * @param positions of the inputs
 * @param blocks from the bottom up
 * @param last the norm on top, which only pre-norm layers need
 * @param dropout the rate on the inputs
 */
record Stack(Positions positions, List<Block> blocks, Optional<LayerNorm> last, double dropout) {
  /** How embeddings start: as large as what is added for positions. */
  static final Init EMBEDDING = Init.normal(1);

  /**
   * How a stack is built.
   *
   * @param config the settings
   * @param causal whether a position sees only those before it
   * @param cross whether it attends to a memory
   * @param length how many positions there are at most
   */
  record Form(TransformerConfig config, boolean causal, boolean cross, int length) {
    /**
     * With pre-norm, what sub-layers add to the residual stream starts small, by the square root of
     * how many add to it (Radford et al. 2019, section 2.3). Post-norm starts without such a scale.
     */
    double outScale() {
      int subLayers = config.layers() * (cross ? 3 : 2);
      return config.norm() == Residual.Place.PRE ? 1 / Math.sqrt(subLayers) : 1;
    }
  }

  static Stack of(Graph g, String name, Form form) {
    TransformerConfig c = form.config();
    Positions positions =
        Positions.of(g, name + ".positions", c.positions(), form.length(), c.width(), c.perHead());
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < c.layers(); i++) {
      blocks.add(Block.of(g, name + "." + i, form, positions));
    }
    boolean pre = c.norm() == Residual.Place.PRE;
    return new Stack(
        positions,
        List.copyOf(blocks),
        pre ? Optional.of(LayerNorm.of(g, name + ".norm", c.width())) : Optional.empty(),
        c.dropout());
  }

  /** What the self-attention of a layer sees. */
  interface Seen {
    /** All keys, from those of the layer's own inputs. */
    Keys all(int layer, Keys fresh);
  }

  /** What a layer attends to besides. */
  interface Memory {
    /** The keys, for queries made from {@code asking [B, T, E]}. */
    Keys keys(int layer, Value asking);
  }

  /** All layers over inputs that see each other and nothing else. */
  Value apply(Value x, Value mask, Value at) {
    return apply(x, mask, at, (layer, fresh) -> fresh);
  }

  /** All layers over inputs that may see more than each other, but no memory. */
  Value apply(Value x, Value mask, Value at, Seen seen) {
    return apply(
        x,
        mask,
        at,
        seen,
        (layer, asking) -> {
          throw new IllegalStateException("decoder: built to attend to a memory, given none");
        });
  }

  /**
   * All layers over embedded inputs.
   *
   * @param x {@code [B, T, E]}
   * @param mask {@code [B, T]}: 0 for inputs that nobody may see
   * @param at positions {@code [B, T]}
   * @return {@code [B, T, E]}
   */
  Value apply(Value x, Value mask, Value at, Seen seen, Memory memory) {
    Value y = Ops.dropout(positions.addTo(x, at), dropout);
    for (int i = 0; i < blocks.size(); i++) {
      int layer = i;
      y =
          blocks
              .get(i)
              .apply(
                  y,
                  mask,
                  at,
                  fresh -> seen.all(layer, fresh),
                  asking -> memory.keys(layer, asking));
    }
    return last.isPresent() ? last.get().apply(y) : y;
  }
}
