package seqmark.model.attention;

import static seqmark.compute.Ops.transpose;

import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.nn.Problem;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.layer.Bridge;
import seqmark.nn.layer.Decoder;
import seqmark.nn.layer.Encoder;
import seqmark.nn.layer.EncoderDecoder;
import seqmark.nn.layer.Linear;

/**
 * Jointly learning to align and translate (Bahdanau, Cho and Bengio 2014): a bidirectional encoder
 * annotates every source position, and before each step the decoder's previous state chooses among
 * the annotations by an additive score.
 *
 * @param config the settings
 * @param problem the task's extents
 */
public record Bahdanau(BahdanauConfig config, Problem problem) implements EncoderDecoder {
  /**
   * The memory is annotations {@code [B, S, H]}, keys {@code [B, S, A]} and mask {@code [B, S]}.
   */
  @Override
  public State begin(Graph g, Source source) {
    Encoder.Form form =
        new Encoder.Form(
            config.cell(),
            problem,
            config.embedding(),
            config.hidden(),
            config.layers(),
            true,
            config.dropout());
    Encoder.Encoding encoding = Encoder.of(g, form).apply(source);
    Value annotations = transpose(encoding.outputs(), 1, 0, 2); // [B, S, H]
    Value keys =
        Linear.of(g, "attention.key", config.hidden(), config.alignment())
            .apply(annotations); // [B, S, A]
    Bridge bridge = Bridge.of(g, config.layers() * config.cell().carries(), config.hidden());
    return new State(List.of(annotations, keys, source.mask()), bridge.apply(encoding.last()));
  }

  @Override
  public Decoder decoder(Graph g, State state) {
    return BahdanauDecoder.of(g, config, problem.targetVocabulary(), state.memory());
  }
}
