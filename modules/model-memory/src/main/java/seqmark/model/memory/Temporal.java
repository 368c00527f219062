package seqmark.model.memory;

import java.util.Locale;

/**
 * From where memories are numbered for the temporal encoding (Sukhbaatar et al. 2015, section 4.1).
 */
public enum Temporal {
  /** From nowhere: a memory does not know when it was made. */
  NONE,
  /** From the first: for targets that run along their sources. */
  START,
  /** From the last, as in the paper: how long ago. */
  END,
  /** From both, with a table each. */
  BOTH;

  boolean fromStart() {
    return this == START || this == BOTH;
  }

  boolean fromEnd() {
    return this == END || this == BOTH;
  }

  /** The name in configs. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
