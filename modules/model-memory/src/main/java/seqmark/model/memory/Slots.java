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
 * How a source is cut into M slots of memory: sentences or, in tasks without them, tokens. The last
 * slot is the question. As in the paper's tasks, a sentence that is the question is no memory; a
 * token is one nevertheless.
 *
 * @param memories {@code [B, M]}: 1 for slots that are memories
 * @param last {@code [B, M]}: 1 for the last slot that something is in
 * @param age {@code [B, M]}: 0 for the last slot, 1 for the one before, and so on
 * @param sentences how tokens become slots, unless slots are tokens
 */
record Slots(Value memories, Value last, Value age, Optional<Sentences> sentences) {
  static Slots of(Source source, Form form) {
    if (!form.sentences()) {
      return of(source.mask(), Optional.empty());
    }
    List<Value> cut = cut(source, form);
    Value members = cut.get(0); // [B, M, S]
    Value words = words(members); // [B, M, 1]
    Value used = reshape(subtract(words, beyondOne(words)), source.mask().shape()); // [B, M]
    Optional<Value> weights =
        form.encoding() == Encoding.BAG
            ? Optional.empty()
            : Optional.of(weights(cut.get(1), form.width()));
    return of(used, Optional.of(new Sentences(members, weights)));
  }

  /** {@code [B, M, S]}: the share of each token in its sentence. */
  static Value shares(Source source, Form form) {
    Value members = cut(source, form).getFirst();
    return divide(members, affine(beyondOne(words(members)), 1, 1));
  }

  private static List<Value> cut(Source source, Form form) {
    return Ops.sentences(source.tokens(), source.mask(), form.problem().sentenceEnd());
  }

  private static Value words(Value members) {
    return sumTo(members, members.shape().with(2, 1)); // [B, M, 1]
  }

  private static Value beyondOne(Value words) {
    return relu(affine(words, 1, -1));
  }

  private static Slots of(Value used, Optional<Sentences> sentences) {
    Value count = sumTo(used, Shape.of(used.shape().dim(0), 1)); // [B, 1]
    Value before = affine(count, 1, -1); // [B, 1]
    Value last = attentionWindow(before, used, 0);
    Value age = relu(subtract(before, range(used.graph(), used.shape().dim(1))));
    return new Slots(sentences.isPresent() ? subtract(used, last) : used, last, age, sentences);
  }

  /**
   * Section 4.1: {@code l_kj = (1 - j/J) - (k/E) (1 - 2j/J)} for element k of word j, both counted
   * from 1.
   *
   * @param progress {@code [B, S]}: {@code j / J}
   */
  private static Value weights(Value progress, int width) {
    Value j = reshape(progress, progress.shape().append(1)); // [B, S, 1]
    Value k = affine(range(j.graph(), width), 1.0 / width, 1.0 / width); // [E]
    return add(affine(j, -1, 1), multiply(affine(j, 2, -1), k)); // [B, S, E]
  }

  /** The vectors {@code [B, M, E]} of slots, from those of tokens {@code [B, S, E]}. */
  Value sum(Value embedded) {
    return sentences.map(s -> s.sum(embedded)).orElse(embedded);
  }

  /**
   * How tokens become sentences, for which there is as much room as for tokens.
   *
   * @param members {@code [B, M, S]}: 1 where a token belongs to a sentence
   * @param weights {@code [B, S, E]} of tokens in the sum, unless all have the same
   */
  record Sentences(Value members, Optional<Value> weights) {
    private Value sum(Value embedded) {
      Value weighted = weights.map(w -> multiply(embedded, w)).orElse(embedded);
      return matmul(members, weighted, false, false); // [B, M, E]
    }
  }
}
