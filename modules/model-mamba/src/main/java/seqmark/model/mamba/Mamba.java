package seqmark.model.mamba;

import static seqmark.compute.Ops.dropout;
import static seqmark.compute.Ops.reshape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.Labeller;
import seqmark.nn.Problem;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.Step;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.RmsNorm;
import seqmark.nn.layer.Stream;

/**
 * Mamba (Gu and Dao 2023): a stack of selective state spaces that reads source and target as one
 * stream. What it carries from step to step does not grow with what it has read.
 *
 * @param config the settings
 * @param problem the task's extents
 */
public record Mamba(MambaConfig config, Problem problem) implements Labeller {
  private static final Init VECTORS = Init.normal(0.02);

  private Stream.Vectors vectors(Graph g) {
    return Stream.Vectors.of(g, problem, config.dModel(), VECTORS);
  }

  private List<MambaBlock> blocks(Graph g) {
    return IntStream.range(0, config.layers())
        .mapToObj(i -> MambaBlock.of(g, "block" + i, config))
        .toList();
  }

  /** Logits {@code [..., V]} of what the last block gave {@code [..., D]}. */
  private Value head(Graph g, Value x) {
    Value normed = RmsNorm.of(g, "norm", config.dModel()).apply(x);
    return Linear.unbiased(g, "output", config.dModel(), problem.targetVocabulary()).apply(normed);
  }

  @Override
  public Value logits(Graph g, Batch batch) {
    return logits(g, vectors(g).join(batch)); // [B, T, V]
  }

  @Override
  public Value labels(Graph g, Source source) {
    return logits(g, vectors(g).alone(source)); // [B, S, V]
  }

  private Value logits(Graph g, Stream stream) {
    Value x = dropout(stream.embedded(), config.dropout()); // [B, L, D]
    for (MambaBlock block : blocks(g)) {
      x = block.sequence(x, stream.mask()).x();
    }
    return head(g, stream.input(x));
  }

  @Override
  public State begin(Graph g, Source source) {
    Stream stream = vectors(g).source(source);
    Value x = stream.embedded(); // [B, S, D]
    List<Value> carry = new ArrayList<>();
    for (MambaBlock block : blocks(g)) {
      MambaBlock.Output output = block.sequence(x, stream.mask());
      x = output.x();
      carry.addAll(output.memory().values());
    }
    return new State(List.of(), carry);
  }

  @Override
  public Step step(Graph g, State state, Value token) {
    int batch = token.shape().dim(0);
    Value x = reshape(vectors(g).token(token), batch, 1, config.dModel()); // [B, 1, D]
    List<Value> carry = new ArrayList<>();
    List<MambaBlock> blocks = blocks(g);
    for (int i = 0; i < blocks.size(); i++) {
      List<Value> before = state.carry().subList(2 * i, 2 * i + 2);
      MambaBlock.Output output =
          blocks.get(i).step(x, new MambaBlock.Memory(before.get(0), before.get(1)));
      x = output.x();
      carry.addAll(output.memory().values());
    }
    Value logits = head(g, reshape(x, batch, config.dModel())); // [B, V]
    return new Step(logits, new State(List.of(), carry), Optional.empty());
  }
}
