package seqmark.tasks;

import java.util.function.ToIntFunction;

/**
 * A whole number that sorts examples from easy to hard: results are charted against it.
 *
 * @param name for axes, with the unit, for instance {@code source length (symbols)} or {@code
 *     pairs}
 * @param of the number of an example
 */
public record Difficulty(String name, ToIntFunction<Example> of) {
  /** How many symbols there are to read. */
  public static final Difficulty SOURCE_LENGTH =
      new Difficulty("source length (symbols)", example -> example.source().length);
}
