package seqmark.tasks.tsv;

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
 * Pairs on the disk, read when asked for.
 *
 * @param sources the symbols of sources
 * @param targets the symbols of targets
 * @param parts where the pairs are
 */
record TsvTask(Alphabet sources, Alphabet targets, Map<Split, TsvReader.Pairs> parts)
    implements Task {
  @Override
  public Vocabulary source() {
    return sources.vocabulary();
  }

  @Override
  public Vocabulary target() {
    return targets.vocabulary();
  }

  @Override
  public int size(Split split) {
    return parts.get(split).starts().size();
  }

  @Override
  public Example example(Split split, int index) {
    TsvReader.Pairs pairs = parts.get(split);
    TsvLines.Pair pair = pairs.lines().at(pairs.starts().get(index));
    int[] reference = targets.ids(pair.target());
    return new Example(
        sources.known(sources.ids(pair.source())), targets.known(reference), List.of(reference));
  }

  @Override
  public List<Metric> metrics() {
    return switch (targets.unit()) {
      case CHARACTERS -> List.of(Exact.accuracy("exact"), new EditError("character error"));
      case WORDS -> List.of(new Bleu("BLEU"), new ChrF("chrF", target()), Exact.accuracy("exact"));
    };
  }
}
