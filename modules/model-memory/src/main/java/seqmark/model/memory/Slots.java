package seqmark.model.memory;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.attentionWindow;
import static seqmark.compute.Ops.divide;
import static seqmark.compute.Ops.matmul;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.range;
import static seqmark.compute.Ops.relu;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.subtract;
import static seqmark.compute.Ops.sumTo;

import java.util.List;
import java.util.Optional;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.Source;

/**
 * How a source is cut into M slots of memory. The last of them is the question; {@link Sentences}
 * then leave it out of the memories, as in the paper's tasks, {@link Tokens} keep it.
 */
sealed interface Slots {
  static Slots of(Source source, Form form) {
    return form.sentences() ? Sentences.of(source, form) : new Tokens(source.mask());
  }

  /** {@code [B, M]}: 1 for slots that something is in. */
  Value used();

  /** {@code [B, M]}: 1 for slots that are memories. */
  Value memories();

  /** The vectors {@code [B, M, E]} of slots, from those of tokens {@code [B, S, E]}. */
  Value sum(Value embedded);

  /** {@code [B, M, S]}: the share of each token in its slot, unless slots are tokens. */
  Optional<Value> shares();

  /** The number of used slots {@code [B, 1]}. */
  default Value count() {
    return sumTo(used(), Shape.of(used().shape().dim(0), 1));
  }

  /** {@code [B, M]}: 1 for the last used slot. */
  default Value last() {
    return attentionWindow(affine(count(), 1, -1), used(), 0);
  }

  /**
   * A slot per token.
   *
   * @param used {@code [B, S]}: the source's mask
   */
  record Tokens(Value used) implements Slots {
    @Override
    public Value memories() {
      return used;
    }

    @Override
    public Value sum(Value embedded) {
      return embedded;
    }

    @Override
    public Optional<Value> shares() {
      return Optional.empty();
    }
  }

  /**
   * A slot per sentence, with room for S of them.
   *
   * @param members {@code [B, M, S]}: 1 where a token belongs to a sentence
   * @param progress {@code [B, S]}: {@code j / J} for word j of J
   * @param encoding how words are summed
   */
  record Sentences(Value members, Value progress, Encoding encoding) implements Slots {
    static Sentences of(Source source, Form form) {
      List<Value> cut = Ops.sentences(source.tokens(), source.mask(), form.problem().sentenceEnd());
      return new Sentences(cut.get(0), cut.get(1), form.encoding());
    }

    /** Words per sentence, {@code [B, M, 1]}. */
    private Value words() {
      return sumTo(members, members.shape().with(2, 1));
    }

    @Override
    public Value used() {
      Value words = words();
      Value beyondOne = relu(affine(words, 1, -1));
      return reshape(subtract(words, beyondOne), progress.shape()); // [B, M]
    }

    @Override
    public Value memories() {
      return subtract(used(), last());
    }

    @Override
    public Value sum(Value embedded) {
      Value weighted =
          encoding == Encoding.BAG ? embedded : multiply(embedded, weights(embedded.shape()));
      return matmul(members, weighted, false, false); // [B, M, E]
    }

    /**
     * Section 4.1: {@code l_kj = (1 - j/J) - (k/E) (1 - 2j/J)} for element k of word j, both
     * counted from 1.
     */
    private Value weights(Shape embedded) {
      int width = embedded.dim(2);
      Value j = reshape(progress, progress.shape().append(1)); // [B, S, 1]
      Value k = affine(range(j.graph(), width), 1.0 / width, 1.0 / width); // [E]
      return add(affine(j, -1, 1), multiply(affine(j, 2, -1), k)); // [B, S, E]
    }

    @Override
    public Optional<Value> shares() {
      Value atLeastOne = affine(relu(affine(words(), 1, -1)), 1, 1);
      return Optional.of(divide(members, atLeastOne));
    }
  }
}
