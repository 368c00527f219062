package seqmark.model.snail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import seqmark.compute.Graph;
import seqmark.nn.layer.Window;

/**
 * The blocks in the order of Mishra et al. 2017, section 5.1: attention and temporal convolutions
 * in turn, beginning and ending with attention.
 *
 * @param all from the bottom up
 * @param width of vectors on top
 */
record Blocks(List<Block> all, int width) {
  /** The paper's widths, by 32: a dense block has 128 filters, values are 32, 128 and 256 wide. */
  private static final int DENSE = 4;

  private static final int[] VALUES = {1, 4, 8};

  /** The blocks over sequences of up to {@code length} positions. */
  static Blocks of(Graph g, SnailConfig config, int length) {
    Arrangement a = new Arrangement(g, config, dilations(config, length));
    a.attention(0);
    a.temporalConvolution(0);
    a.attention(1);
    a.temporalConvolution(1);
    a.attention(2);
    return new Blocks(List.copyOf(a.blocks), a.width);
  }

  /** Of a TC block: they double until the last position sees the first. */
  private static List<Integer> dilations(SnailConfig config, int length) {
    List<Integer> dilations = new ArrayList<>();
    for (int d = 1; d < length && config.parts().convolve(); d *= 2) {
      dilations.add(d);
    }
    return dilations;
  }

  /** All but the last. */
  List<Block> belowTop() {
    return all.subList(0, all.size() - 1);
  }

  /** The last. */
  Block top() {
    return all.getLast();
  }

  /** The convolutions' window that reaches back furthest. */
  Optional<Window> longest() {
    return all.stream()
        .flatMap(
            block -> block instanceof TemporalConvolution t ? t.windows().stream() : Stream.empty())
        .max(Comparator.comparingInt(Window::history));
  }

  /** Blocks as far as they have been put on top of each other. */
  private static final class Arrangement {
    private final Graph g;
    private final SnailConfig config;
    private final List<Integer> dilations;
    private final int units;
    private final List<Block> blocks = new ArrayList<>();
    private int taken;
    private int width;

    Arrangement(Graph g, SnailConfig config, List<Integer> dilations) {
      this.g = g;
      this.config = config;
      this.dilations = dilations;
      int attention = config.parts().attend() ? VALUES[0] + VALUES[1] + VALUES[2] : 0;
      this.units = attention + 2 * DENSE * dilations.size();
      this.width = config.embedding();
    }

    /** The next block's share of what all append; shares of equal blocks differ by 1 at most. */
    private int share(int ofUnits) {
      int before = config.hidden() * taken / units;
      taken += ofUnits;
      return Math.max(1, config.hidden() * taken / units - before);
    }

    private void add(Block block) {
      blocks.add(block);
      width += block.width();
    }

    void attention(int i) {
      if (config.parts().attend()) {
        add(AttentionBlock.of(g, "attention." + i, width, share(VALUES[i]), config.dropout()));
      }
    }

    void temporalConvolution(int i) {
      List<DenseBlock> series = new ArrayList<>();
      int in = width;
      for (int d : dilations) {
        String name = "tc." + i + "." + d;
        series.add(DenseBlock.of(g, name, in, d, share(DENSE), config.dropout()));
        in += series.getLast().width();
      }
      if (config.parts().convolve()) {
        add(new TemporalConvolution(series));
      }
    }
  }
}
