package seqmark.harness;

import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.Step;

/** A model with a bug: its forward pass can be traced once, to count its parameters. */
public final class BrokenModel implements ModelProvider<BrokenModel.Config>, SequenceModel {
  private int traced;

  /** A model that was not traced yet. */
  public BrokenModel() {}

  /**
   * No settings to speak of.
   *
   * @param width of nothing
   */
  public record Config(int width) {}

  @Override
  public String id() {
    return "broken";
  }

  @Override
  public String summary() {
    return "fails";
  }

  @Override
  public Config defaults() {
    return new Config(1);
  }

  @Override
  public int width(Config config) {
    return config.width();
  }

  @Override
  public Config withWidth(Config config, int width) {
    return new Config(width);
  }

  @Override
  public SequenceModel create(Config config, Problem problem) {
    return this;
  }

  @Override
  public Value logits(Graph g, Batch batch) {
    if (traced++ > 0) {
      throw new IllegalStateException("broken");
    }
    return g.parameter("bias", Init.constant(0), 1);
  }

  @Override
  public State begin(Graph g, Source source) {
    throw new IllegalStateException("broken");
  }

  @Override
  public Step step(Graph g, State state, Value token) {
    throw new IllegalStateException("broken");
  }
}
