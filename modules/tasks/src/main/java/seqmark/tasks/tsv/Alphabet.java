package seqmark.tasks.tsv;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import seqmark.tasks.Vocabulary;

/**
 * The symbols of one side as ids.
 *
 * @param unit what a symbol is
 * @param vocabulary what models know
 * @param ids of all symbols of all files, negative for those outside the vocabulary
 */
record Alphabet(Tsv.Unit unit, Vocabulary vocabulary, Map<String, Integer> ids) {
  /** A text of the files. */
  int[] ids(String text) {
    IntStream.Builder sequence = IntStream.builder();
    unit.each(text, symbol -> sequence.add(ids.get(symbol)));
    return sequence.build().toArray();
  }

  /** What a model may see of it. */
  int[] known(int[] sequence) {
    int unknown = vocabulary.id(Vocabulary.UNKNOWN);
    return Arrays.stream(sequence).map(id -> id < 0 ? unknown : id).toArray();
  }
}
