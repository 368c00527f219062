package seqmark.model.transformer;

import static seqmark.nn.layer.FeedForward.Activation.GELU;
import static seqmark.nn.layer.FeedForward.Activation.RELU;
import static seqmark.nn.layer.Positions.Kind.ALIBI;
import static seqmark.nn.layer.Positions.Kind.LEARNED;
import static seqmark.nn.layer.Positions.Kind.NONE;
import static seqmark.nn.layer.Positions.Kind.ROTARY;
import static seqmark.nn.layer.Positions.Kind.SINUSOIDAL;
import static seqmark.nn.layer.Residual.Place.POST;
import static seqmark.nn.layer.Residual.Place.PRE;

import java.util.List;
import java.util.Map;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.nn.ModelProvider;
import seqmark.testkit.ModelContract;

class TransformerDecoderTest extends ModelContract<TransformerConfig> {
  @Override
  protected ModelProvider<TransformerConfig> provider() {
    return new TransformerDecoderProvider();
  }

  @Override
  protected List<Backend> backends() {
    return List.of(new Reference(), new Cpu());
  }

  @Override
  protected Map<String, TransformerConfig> settings() {
    return Map.of(
        "as in the paper", new TransformerConfig(16, 2, 0, 0, 1, LEARNED, PRE, GELU, 0),
        "sinusoids, norms behind",
            new TransformerConfig(16, 1, 0, 32, 1, SINUSOIDAL, POST, RELU, 0),
        "rotary, odd width, wide heads",
            new TransformerConfig(17, 3, 6, 32, 1, ROTARY, PRE, GELU, 0),
        "alibi, two layers, dropout", new TransformerConfig(16, 2, 0, 32, 2, ALIBI, PRE, GELU, 0.1),
        "no positions", new TransformerConfig(16, 2, 0, 32, 2, NONE, PRE, GELU, 0));
  }
}
