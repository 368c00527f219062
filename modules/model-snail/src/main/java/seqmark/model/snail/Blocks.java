package seqmark.model.snail;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Graph;

/**
 * The blocks in the order of Mishra et al. 2017, section 5.1: attention and temporal convolutions
 * in turn, beginning and ending with attention. Of the paper's 128 filters keys have 64, 256 and
 * 512 and values 32, 128 and 256.
 *
 * @param all from the bottom up
 * @param width of vectors on top
 */
record Blocks(List<Block> all, int width) {
  /** The blocks over sequences of up to {@code length} positions. */
  static Blocks of(Graph g, SnailConfig c, int length) {
    Arrangement a = new Arrangement(g, c);
    a.attention("attention.0", Math.ceilDiv(c.hidden(), 2), Math.ceilDiv(c.hidden(), 4));
    a.temporalConvolution("tc.0", length);
    a.attention("attention.1", 2 * c.hidden(), c.hidden());
    a.temporalConvolution("tc.1", length);
    a.attention("attention.2", 4 * c.hidden(), 2 * c.hidden());
    return new Blocks(List.copyOf(a.blocks), a.width);
  }

  /** Blocks as far as they have been put on top of each other. */
  private static final class Arrangement {
    private final Graph g;
    private final SnailConfig config;
    private final List<Block> blocks = new ArrayList<>();
    private int width;

    Arrangement(Graph g, SnailConfig config) {
      this.g = g;
      this.config = config;
      this.width = config.embedding();
    }

    private void add(Block block) {
      blocks.add(block);
      width += block.width();
    }

    void attention(String name, int keyWidth, int valueWidth) {
      if (config.parts().attend()) {
        add(AttentionBlock.of(g, name, width, keyWidth, valueWidth, config.dropout()));
      }
    }

    /** A TC block: dilations double until the last position sees the first. */
    void temporalConvolution(String name, int length) {
      for (int d = 1; d < length && config.parts().convolve(); d *= 2) {
        add(DenseBlock.of(g, name + "." + d, width, d, config));
      }
    }
  }
}
