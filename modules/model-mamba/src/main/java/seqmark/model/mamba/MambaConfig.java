package seqmark.model.mamba;

import seqmark.compute.op.StateSpace.Discretisation;
import seqmark.nn.Setting;

/**
 * Settings of {@link Mamba}.
 *
 * @param dModel width of what goes from block to block
 * @param layers how many blocks
 * @param expand how many times wider than that a block is inside
 * @param dState N, the states of each channel
 * @param dConv K, the taps of each channel's convolution
 * @param selective whether delta, B and C depend on the input; otherwise a channel's are the same
 *     at all times, as in S4D (Gu et al. 2022)
 * @param gated whether a second branch gates what comes out of the scan
 * @param discretisation how B becomes a matrix for steps of size delta; the paper writes {@code
 *     zoh} and its program does {@code euler}
 * @param dropout rate behind the embedding and on what a block adds; the paper has none
 */
public record MambaConfig(
    int dModel,
    int layers,
    int expand,
    int dState,
    int dConv,
    boolean selective,
    boolean gated,
    Discretisation discretisation,
    double dropout) {
  /** What a config says that says nothing. */
  public static final MambaConfig DEFAULTS =
      new MambaConfig(64, 2, 2, 16, 4, true, true, Discretisation.EULER, 0);

  /** Checks the settings. */
  public MambaConfig {
    Setting.within(1, Setting.WIDEST, "dModel", dModel);
    Setting.within(1, Setting.MOST, "layers", layers);
    Setting.within(1, Setting.MOST, "expand", expand);
    Setting.within(1, Setting.WIDEST, "dState", dState);
    Setting.within(2, Setting.MOST, "dConv", dConv);
    Setting.rate("dropout", dropout);
  }

  MambaConfig withDModel(int width) {
    return new MambaConfig(
        width, layers, expand, dState, dConv, selective, gated, discretisation, dropout);
  }

  /** The channels of a block's scan. */
  int inner() {
    return expand * dModel;
  }

  /** The width through which delta is projected; section 3.6. */
  int deltaRank() {
    return Math.ceilDiv(dModel, 16);
  }
}
