package seqmark.tasks.g2p;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.EditError;
import seqmark.tasks.metric.Exact;

/** The dictionary in three parts. */
final class G2pTask implements Task {
  private static final int TEST = 12_000;
  private static final int VALIDATION = 2_670;

  /** How many words there are to train on. */
  static final int TRAIN = CmuDict.WORDS - TEST - VALIDATION;

  /** Another key would be another split: numbers would no longer compare with older ones. */
  private static final CounterRandom SPLIT = CounterRandom.seeded(0).fork("g2p");

  /** Low bits of a sort key hold a word's place, which has to be below 2^17. */
  private static final int PLACE_BITS = 17;

  private final CmuDict dictionary = CmuDict.get();
  private final Vocabulary letters = CmuDict.letters();
  private final Vocabulary phonemes;
  private final boolean stress;
  private final int[] test;
  private final int[] validation;

  /** A word for each training example, as often as it has variants to show. */
  private final int[] train;

  G2pTask(G2p.Config config) {
    phonemes = CmuDict.phonemes(config.stress());
    stress = config.stress();
    int[] words = shuffled(dictionary);
    test = Arrays.copyOf(words, TEST);
    validation = Arrays.copyOfRange(words, TEST, TEST + VALIDATION);
    int from = TEST + VALIDATION;
    int limit = config.train() == 0 ? TRAIN : config.train();
    int[] shown = Arrays.copyOfRange(words, from, from + limit);
    train = config.variants() == G2p.Variants.FIRST ? shown : repeatedByVariants(shown);
  }

  /** All words in the order of their hashes. */
  private static int[] shuffled(CmuDict dictionary) {
    return IntStream.range(0, CmuDict.WORDS)
        .mapToLong(w -> SPLIT.fork(dictionary.word(w)).bits(0) << PLACE_BITS | w)
        .sorted()
        .mapToInt(key -> (int) key & (1 << PLACE_BITS) - 1)
        .toArray();
  }

  private int[] repeatedByVariants(int[] words) {
    int[] repeated = new int[IntStream.of(words).map(dictionary::entries).sum()];
    int size = 0;
    for (int word : words) {
      // Only the few words with several entries have to be read.
      int variants = dictionary.entries(word) == 1 ? 1 : pronunciations(word).size();
      Arrays.fill(repeated, size, size += variants, word);
    }
    return Arrays.copyOf(repeated, size);
  }

  private List<int[]> pronunciations(int word) {
    return dictionary.pronunciations(word, phonemes, stress);
  }

  @Override
  public Vocabulary source() {
    return letters;
  }

  @Override
  public Vocabulary target() {
    return phonemes;
  }

  @Override
  public int size(Split split) {
    return words(split).length;
  }

  @Override
  public Example example(Split split, int index) {
    int[] words = words(split);
    int word = words[index];
    int variant = 0;
    while (variant < index && words[index - variant - 1] == word) {
      variant++;
    }
    List<int[]> right = pronunciations(word);
    return new Example(letters.ids(dictionary.word(word)), right.get(variant), right);
  }

  private int[] words(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Exact.error("word error"), new EditError("phoneme error"));
  }
}
