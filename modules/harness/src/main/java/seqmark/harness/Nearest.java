package seqmark.harness;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import seqmark.tasks.metric.EditError;

/** Guesses what a misspelt word was meant to be. */
final class Nearest {
  private Nearest() {}

  /** {@code ; did you mean 'x'?} for the nearest of the known words, if one is near. */
  static String suggestion(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(k -> distance(word, k)))
        .filter(k -> distance(word, k) <= Math.max(2, word.length() / 2))
        .map(k -> "; did you mean '" + k + "'?")
        .orElse("");
  }

  private static int distance(String a, String b) {
    return EditError.distance(letters(a), letters(b));
  }

  private static int[] letters(String word) {
    return word.toLowerCase(Locale.ROOT).chars().toArray();
  }
}
