package seqmark.model.memory;

import java.util.Locale;

/** How the words of a sentence become one vector (Sukhbaatar et al. 2015, section 4.1). */
public enum Encoding {
  /** Their sum: a bag of words. */
  BAG,
  /** A sum in which each element weighs words by their place in the sentence. */
  POSITION;

  /** The name in configs. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
