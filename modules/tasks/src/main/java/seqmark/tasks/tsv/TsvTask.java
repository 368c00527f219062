package seqmark.tasks.tsv;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.Bleu;
import seqmark.tasks.metric.ChrF;
import seqmark.tasks.metric.EditError;
import seqmark.tasks.metric.Exact;

/**
 * Pairs in memory.
 *
 * @param unit what a symbol is
 * @param source the symbols of sources
 * @param target the symbols of targets
 * @param parts the pairs, with symbols outside the vocabularies as negative ids
 */
record TsvTask(
    Tsv.Unit unit, Vocabulary source, Vocabulary target, Map<Split, TsvReader.Pairs> parts)
    implements Task {
  @Override
  public int size(Split split) {
    return parts.get(split).sources().size();
  }

  @Override
  public Example example(Split split, int index) {
    TsvReader.Pairs pairs = parts.get(split);
    int[] reference = pairs.targets().get(index);
    return new Example(
        known(pairs.sources().get(index), source), known(reference, target), List.of(reference));
  }

  /** What a model may see. */
  private static int[] known(int[] sequence, Vocabulary vocabulary) {
    int unknown = vocabulary.id(Vocabulary.UNKNOWN);
    return Arrays.stream(sequence).map(id -> id < 0 ? unknown : id).toArray();
  }

  @Override
  public List<Metric> metrics() {
    return switch (unit) {
      case CHARACTERS -> List.of(Exact.accuracy("exact"), new EditError("character error"));
      case WORDS -> List.of(new Bleu("BLEU"), new ChrF("chrF", target), Exact.accuracy("exact"));
    };
  }
}
