package seqmark.testkit;

/**
 * Evaluates arithmetic modulo 5 by recursive descent: brackets, then the sign before a number, then
 * {@code *}, then {@code +} and {@code -} from left to right.
 */
final class ModularParser {
  private final String text;
  private int place;

  ModularParser(String text) {
    this.text = text;
  }

  /** The value of the whole text, 0 to 4. */
  int value() {
    int value = sum();
    if (place != text.length()) {
      throw new IllegalArgumentException(text + ": expected the end at " + place);
    }
    return Math.floorMod(value, 5);
  }

  private int sum() {
    int value = product();
    while (true) {
      if (accept('+')) {
        value += product();
      } else if (accept('-')) {
        value -= product();
      } else {
        return value % 5;
      }
    }
  }

  private int product() {
    int value = factor();
    while (accept('*')) {
      value = value * factor() % 5;
    }
    return value;
  }

  private int factor() {
    if (accept('-')) {
      return -factor();
    }
    if (accept('(')) {
      int value = sum();
      if (!accept(')')) {
        throw new IllegalArgumentException(text + ": expected ) at " + place);
      }
      return value;
    }
    return Integer.parseInt(text.substring(place, ++place));
  }

  private boolean accept(char symbol) {
    boolean here = place < text.length() && text.charAt(place) == symbol;
    place += here ? 1 : 0;
    return here;
  }
}
