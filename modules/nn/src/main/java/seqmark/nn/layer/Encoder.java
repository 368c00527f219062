package seqmark.nn.layer;

import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.transpose;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.Problem;
import seqmark.nn.Source;

/**
 * A recurrent encoder: embeddings, then layers, each forwards in time or in both directions.
 *
 * @param embedding of source positions
 * @param layers from the bottom up; each has one or two directions
 * @param dropout the rate behind the embedding and between layers
 */
public record Encoder(
    SourceEmbedding embedding, List<List<RecurrentLayer>> layers, double dropout) {
  /**
   * How an encoder is built.
   *
   * @param cell the recurrence
   * @param problem what the sources are
   * @param embedding the width of embeddings
   * @param hidden the width of a layer's output; a bidirectional layer gives half to each direction
   * @param layers how many
   * @param bidirectional whether layers read in both directions (Schuster and Paliwal 1997)
   * @param dropout the rate behind the embedding and between layers
   */
  public record Form(
      Cell.Kind cell,
      Problem problem,
      int embedding,
      int hidden,
      int layers,
      boolean bidirectional,
      double dropout) {}

  /**
   * What an encoder makes of a source.
   *
   * @param outputs of the top layer, {@code [S, B, H]}
   * @param last per layer, the carry after the whole source: each {@code [B, H]}, directions side
   *     by side
   */
  public record Encoding(Value outputs, List<List<Value>> last) {}

  /** An encoder whose parameters start with {@code encoder.}. */
  public static Encoder of(Graph g, Form form) {
    List<List<RecurrentLayer>> layers = new ArrayList<>();
    for (int i = 0; i < form.layers(); i++) {
      int in = i == 0 ? form.embedding() : form.hidden();
      int backward = form.bidirectional() ? form.hidden() / 2 : 0;
      List<RecurrentLayer> directions = new ArrayList<>();
      directions.add(layer(g, form, "encoder." + i, in, form.hidden() - backward, false));
      if (backward > 0) {
        directions.add(layer(g, form, "encoder." + i, in, backward, true));
      }
      layers.add(directions);
    }
    return new Encoder(
        SourceEmbedding.of(
            g, "encoder.embedding", form.problem(), form.embedding(), Embedding.RECURRENT),
        layers,
        form.dropout());
  }

  private static RecurrentLayer layer(
      Graph g, Form form, String name, int in, int hidden, boolean backward) {
    String full = name + (backward ? ".backward" : ".forward");
    return new RecurrentLayer(full, form.cell().of(g, full, in, hidden), backward);
  }

  /** Reads a source. */
  public Encoding apply(Source source) {
    Value mask = transpose(source.mask(), 1, 0); // [S, B]
    Value x = embedding.timeFirst(source); // [S, B, E]
    List<List<Value>> last = new ArrayList<>();
    for (List<RecurrentLayer> layer : layers) {
      Value input = Ops.dropout(x, dropout);
      List<RecurrentLayer.Result> directions =
          layer.stream().map(direction -> direction.apply(input, mask)).toList();
      x = beside(2, directions.stream().map(RecurrentLayer.Result::outputs).toList()); // [S, B, H]
      last.add(lastOf(directions));
    }
    return new Encoding(x, last);
  }

  private static List<Value> lastOf(List<RecurrentLayer.Result> directions) {
    List<Value> carry = new ArrayList<>();
    for (int i = 0; i < directions.getFirst().last().size(); i++) {
      int index = i;
      carry.add(beside(1, directions.stream().map(d -> d.last().get(index)).toList())); // [B, H]
    }
    return carry;
  }

  private static Value beside(int axis, List<Value> parts) {
    return parts.size() == 1 ? parts.getFirst() : concat(axis, parts.toArray(Value[]::new));
  }
}
