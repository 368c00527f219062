package seqmark.model.recurrent;

import java.util.List;
import seqmark.compute.Graph;
import seqmark.nn.Problem;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.layer.Cell;
import seqmark.nn.layer.CellStack;
import seqmark.nn.layer.Decoder;
import seqmark.nn.layer.Embedding;
import seqmark.nn.layer.Encoder;
import seqmark.nn.layer.EncoderDecoder;
import seqmark.nn.layer.Linear;

/**
 * Sequence to sequence through a fixed vector: the encoder's last state, layer by layer, is the
 * decoder's first (Sutskever, Vinyals and Le 2014, section 2).
 *
 * @param cell the recurrence
 * @param config the settings
 * @param problem the task's extents
 */
public record Seq2Seq(Cell.Kind cell, Seq2SeqConfig config, Problem problem)
    implements EncoderDecoder {
  @Override
  public State begin(Graph g, Source source) {
    Encoder.Form form =
        new Encoder.Form(
            cell,
            problem,
            config.embedding(),
            config.hidden(),
            config.layers(),
            config.bidirectional(),
            config.dropout());
    Encoder.Encoding encoding =
        Encoder.of(g, form).apply(config.reverseSource() ? source.reversed() : source);
    return new State(List.of(), encoding.last().stream().flatMap(List::stream).toList());
  }

  @Override
  public Decoder decoder(Graph g, State state) {
    return new VectorDecoder(
        Embedding.of(g, "decoder.embedding", problem.targetVocabulary(), config.embedding()),
        CellStack.of(
            g,
            "decoder",
            cell,
            config.embedding(),
            config.hidden(),
            config.layers(),
            config.dropout()),
        Linear.of(g, "output", config.hidden(), problem.targetVocabulary()),
        config.dropout());
  }
}
