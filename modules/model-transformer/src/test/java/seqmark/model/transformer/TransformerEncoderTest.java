package seqmark.model.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.junit.jupiter.api.Test;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.nn.ModelProvider;
import seqmark.nn.layer.Positions;
import seqmark.testkit.ModelContract;

class TransformerEncoderTest extends ModelContract<TransformerConfig> {
  @Override
  protected ModelProvider<TransformerConfig> provider() {
    return new TransformerEncoderProvider();
  }

  @Override
  protected List<Backend> backends() {
    return List.of(new Reference(), new Cpu());
  }

  @Override
  protected boolean labelsSeeAhead() {
    return true;
  }

  @Override
  protected boolean readsTargets() {
    return false;
  }

  @Override
  protected Map<String, TransformerConfig> settings() {
    return Map.of(
        "as in the paper", new TransformerConfig(16, 2, 0, 0, 1, LEARNED, POST, GELU, 0),
        "sinusoids, one head", new TransformerConfig(16, 1, 0, 32, 1, SINUSOIDAL, PRE, RELU, 0),
        "rotary, odd width, wide heads",
            new TransformerConfig(17, 3, 6, 32, 1, ROTARY, PRE, GELU, 0),
        "rotary, two layers, dropout",
            new TransformerConfig(16, 2, 0, 32, 2, ROTARY, POST, RELU, 0.1));
  }

  @Test
  void maskTokensHaveToDiffer() {
    for (Positions.Kind kind : List.of(NONE, ALIBI)) {
      var config = new TransformerConfig(16, 2, 0, 32, 1, kind, PRE, GELU, 0);
      var error =
          assertThrows(IllegalArgumentException.class, () -> provider().create(config, PROBLEM));
      assertEquals(
          "positions: must be sinusoidal, learned or rotary for transformer-encoder, whose mask"
              + " tokens differ in nothing else, found "
              + kind,
          error.getMessage());
    }
  }
}
