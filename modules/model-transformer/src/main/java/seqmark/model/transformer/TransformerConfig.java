package seqmark.model.transformer;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import seqmark.nn.Setting;
import seqmark.nn.layer.FeedForward;
import seqmark.nn.layer.Positions;
import seqmark.nn.layer.Residual;

/**
 * Settings of the Transformers.
 *
 * @param width of embeddings and of the vectors between layers
 * @param heads of attention
 * @param headWidth of a head's queries, keys and values; 0 for {@code width / heads}
 * @param feedForward width of the hidden layer of feed-forward nets; 0 for four times {@code
 *     width}, as in the papers
 * @param layers of the encoder, of the decoder or of both
 * @param positions how attention knows the order of its inputs
 * @param norm whether layer norms stand before sub-layers or behind them
 * @param activation of feed-forward nets
 * @param dropout rate behind embeddings and sub-layers; not on attention weights, which are never
 *     kept
 */
public record TransformerConfig(
    int width,
    int heads,
    int headWidth,
    int feedForward,
    int layers,
    Positions.Kind positions,
    Residual.Place norm,
    FeedForward.Activation activation,
    double dropout) {
  /** Checks the settings. */
  public TransformerConfig {
    Setting.within(1, Setting.WIDEST, "width", width);
    Setting.within(1, Setting.WIDEST, "heads", heads);
    Setting.within(0, Setting.WIDEST, "headWidth", headWidth);
    Setting.within(0, Setting.WIDEST, "feedForward", feedForward);
    Setting.within(1, Setting.MOST, "layers", layers);
    Setting.rate("dropout", dropout);
    if (headWidth == 0 && width % heads != 0) {
      throw new IllegalArgumentException(
          "heads: must divide width %d (so one of %s) unless headWidth is given, found %d"
              .formatted(width, divisors(width), heads));
    }
    int perHead = headWidth == 0 ? width / heads : headWidth;
    if ((long) heads * perHead > Setting.WIDEST) {
      throw new IllegalArgumentException(
          "heads: %d of width %d are %d wide, must be at most %d together"
              .formatted(heads, perHead, (long) heads * perHead, Setting.WIDEST));
    }
    if (positions == Positions.Kind.ROTARY && perHead % 2 != 0) {
      throw new IllegalArgumentException(
          "headWidth: must be even with rotary positions, found %d (width %d, heads %d)"
              .formatted(perHead, width, heads));
    }
  }

  private static String divisors(int n) {
    return IntStream.rangeClosed(1, n)
        .filter(i -> n % i == 0)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }

  /** The width of a head. */
  int perHead() {
    return headWidth == 0 ? width / heads : headWidth;
  }

  /** The width of all heads. */
  int allHeads() {
    return heads * perHead();
  }

  /** The hidden width of feed-forward nets. */
  int hidden() {
    return feedForward == 0 ? 4 * width : feedForward;
  }

  /**
   * The same with another width. Where the heads would not divide it they become a little wider
   * than their share, so that any width is possible and parameters grow evenly with it.
   */
  TransformerConfig withWidth(int other) {
    int share = Math.ceilDiv(other, heads);
    int possible = positions == Positions.Kind.ROTARY ? share + share % 2 : share;
    int needed = possible * heads == other ? 0 : possible;
    return with(other, headWidth == 0 ? needed : headWidth, feedForward);
  }

  /** The same with wider feed-forward nets, unless their width is given. */
  TransformerConfig enlarged(int by) {
    return feedForward == 0 ? with(width, headWidth, hidden() + by) : this;
  }

  private TransformerConfig with(int newWidth, int newHeadWidth, int newFeedForward) {
    return new TransformerConfig(
        newWidth,
        heads,
        newHeadWidth,
        newFeedForward,
        layers,
        positions,
        norm,
        activation,
        dropout);
  }
}
