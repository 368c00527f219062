package seqmark.model.attention;

import static seqmark.compute.Ops.transpose;
import static seqmark.compute.Ops.zeros;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.nn.Problem;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.layer.Decoder;
import seqmark.nn.layer.Encoder;
import seqmark.nn.layer.EncoderDecoder;

/**
 * Effective approaches to attention-based neural machine translation (Luong, Pham and Manning
 * 2015): the decoder's new state chooses among the source positions, and state and context together
 * make the attentional state that predicts.
 *
 * @param config the settings
 * @param problem the task's extents
 */
public record Luong(LuongConfig config, Problem problem) implements EncoderDecoder {
  /**
   * The memory is the encoder's outputs {@code [B, S, H]}, the mask {@code [B, S]} and, for scores
   * that have them, keys {@code [B, S, A]}. The carry is that of the cells, then the attentional
   * state with input feeding, then the position for local-m.
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
            config.bidirectional(),
            config.dropout());
    Encoder.Encoding encoding = Encoder.of(g, form).apply(source);
    Value outputs = transpose(encoding.outputs(), 1, 0, 2); // [B, S, H]
    List<Value> memory = new ArrayList<>(List.of(outputs, source.mask()));
    LuongScore.keys(g, config.score(), outputs).ifPresent(memory::add);
    List<Value> carry = new ArrayList<>();
    encoding.last().forEach(carry::addAll);
    if (config.inputFeeding()) {
      carry.add(zeros(g, source.batch(), config.hidden()));
    }
    if (config.window() == LuongConfig.Window.LOCAL_M) {
      carry.add(zeros(g, source.batch(), 1));
    }
    return new State(memory, carry);
  }

  @Override
  public Decoder decoder(Graph g, State state) {
    return LuongDecoder.of(g, config, problem, state.memory());
  }
}
