package seqmark.model.snail;

import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.dense;
import static seqmark.compute.Ops.split;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Value;
import seqmark.nn.layer.Stream;
import seqmark.nn.layer.Window;

/**
 * Dense blocks on top of each other (Mishra et al. 2017, section 3.1, algorithm 1: a TC block).
 *
 * @param series from the bottom up
 */
record TemporalConvolution(List<DenseBlock> series) implements Block {
  /**
   * Dense blocks that are computed together. What lies below all of them is mapped by one wide
   * product; only what they make of it themselves is mapped block by block, in products that have
   * few terms: of 2 or 6 a step takes 1 or 4% longer.
   */
  private static final int TOGETHER = 3;

  @Override
  public int width() {
    return series.stream().mapToInt(DenseBlock::width).sum();
  }

  /** What the convolutions see. */
  List<Window> windows() {
    return series.stream().map(DenseBlock::window).toList();
  }

  @Override
  public Value apply(Value x, Value mask) {
    Value all = x;
    for (int i = 0; i < series.size(); i += TOGETHER) {
      all = together(series.subList(i, Math.min(series.size(), i + TOGETHER)), all, mask);
    }
    return all; // [B, L, D + width]
  }

  private static Value together(List<DenseBlock> blocks, Value x, Value mask) {
    List<Value> below = new ArrayList<>();
    List<List<Value>> within = new ArrayList<>();
    int in = x.shape().dim(2);
    int width = 0;
    for (DenseBlock block : blocks) {
      var convolution = block.convolution();
      var taps = width == 0 ? convolution.taps(in) : convolution.taps(in, width);
      below.addAll(taps.getFirst());
      within.add(taps.getLast());
      width += block.width();
    }
    int[] widths = blocks.stream().mapToInt(DenseBlock::mapped).toArray();
    List<Value> mapped = split(dense(x, side(below)), 2, widths);
    // Appended one by one, not all in the end: so no gradient has to be moved out of a wider one.
    Value made = blocks.getFirst().gather(mapped.getFirst(), mask);
    for (int i = 1; i < blocks.size(); i++) {
      Value sum = dense(made, side(within.get(i)), mapped.get(i));
      made = concat(2, made, blocks.get(i).gather(sum, mask)); // [B, L, (i + 1) F]
    }
    return concat(2, x, made);
  }

  /** Weights side by side. */
  private static Value side(List<Value> parts) {
    return concat(1, parts.toArray(Value[]::new));
  }

  @Override
  public List<Value> answer(Value x, Stream stream) {
    return List.of(stream.input(apply(x, stream.mask())));
  }

  @Override
  public Value read(Value x, Reading reading) {
    return apply(x, reading.mask());
  }

  @Override
  public Value write(Value x, Writing writing) {
    Value all = x;
    for (DenseBlock block : series) {
      all = block.write(all, writing);
    }
    return all; // [B, 1, D + width]
  }
}
