package seqmark.model.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.nn.ModelProvider;
import seqmark.nn.Source;
import seqmark.nn.Step;
import seqmark.testkit.ModelContract;

class TransformerTest extends ModelContract<TransformerConfig> {
  @Override
  protected ModelProvider<TransformerConfig> provider() {
    return new TransformerProvider();
  }

  @Override
  protected List<Backend> backends() {
    return List.of(new Reference(), new Cpu());
  }

  @Override
  protected Map<String, TransformerConfig> settings() {
    return Map.of(
        "as in the paper", new TransformerConfig(16, 2, 0, 0, 1, SINUSOIDAL, POST, RELU, 0),
        "learned positions, one head",
            new TransformerConfig(16, 1, 0, 24, 1, LEARNED, PRE, GELU, 0),
        "rotary, two layers, dropout",
            new TransformerConfig(16, 2, 0, 32, 2, ROTARY, PRE, RELU, 0.1),
        "alibi, odd width, wide heads", new TransformerConfig(17, 3, 6, 32, 1, ALIBI, PRE, RELU, 0),
        "no positions", new TransformerConfig(16, 4, 0, 32, 1, NONE, PRE, GELU, 0));
  }

  @Test
  void attentionIsSharedOutAmongSourceTokens() {
    Graph g = new Graph(false);
    var config = settings().get("rotary, two layers, dropout");
    var model = new Transformer(config, PROBLEM);
    Source source = Source.inputs(g, 2, 4, 0);
    Value token = g.input("token", 2);
    Step first = model.step(g, model.begin(g, source), token);
    Value attention = g.output(model.step(g, first.next(), token).attention().orElseThrow());
    try (Session session = new Reference().open(1, 1)) {
      Program program = session.compile(g);
      program.write(source.tokens(), new float[] {3, 4, 0, 0, 5, 6, 7, 8});
      program.write(source.mask(), new float[] {1, 1, 0, 0, 1, 1, 1, 1});
      program.write(token, new float[] {1, 1});
      program.run();
      float[] found = new float[8];
      program.read(attention, found);
      assertEquals(1, found[0] + found[1], 1e-6);
      assertEquals(0, found[2] + found[3]);
      assertEquals(1, found[4] + found[5] + found[6] + found[7], 1e-6);
      assertNotEquals(0.5, found[0], 1e-4);
    }
  }
}
