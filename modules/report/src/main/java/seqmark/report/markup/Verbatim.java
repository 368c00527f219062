package seqmark.report.markup;

/**
 * A finished element that a library wrote, which has escaped what it holds.
 *
 * @param markup well-formed XML
 */
public record Verbatim(String markup) {
  @Override
  public String toString() {
    return markup;
  }
}
