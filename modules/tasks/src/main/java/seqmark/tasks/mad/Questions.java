package seqmark.tasks.mad;

import java.util.Locale;

/** Which values of a recall task are asked for, and what stands where the answer belongs. */
public enum Questions {
  /**
   * All values of keys that were there before; a blank stands in place of each, so that those who
   * read the whole source have to remember as well.
   */
  HIDDEN,
  /**
   * All values of keys that were there before, and each is shown right after it is asked for, as
   * MAD does: a question to causal models alone, as others look at the answer.
   */
  SHOWN,
  /** Only the value of one more key at the end, which a symbol of its own announces. */
  LAST;

  /** The name in configs. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
