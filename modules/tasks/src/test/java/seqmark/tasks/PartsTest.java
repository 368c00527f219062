package seqmark.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void sharesAreKept() {
    Parts parts = new Parts(0.1, 0.25);
    Map<Split, Long> sizes =
        IntStream.range(0, 100_000)
            .boxed()
            .collect(Collectors.groupingBy(i -> parts.of(i, 7), Collectors.counting()));
    assertEquals(0.10, sizes.get(Split.VALIDATION) / 1e5, 0.005);
    assertEquals(0.25, sizes.get(Split.TEST) / 1e5, 0.005);
  }

  /** Other parts would make new numbers incomparable with old ones. */
  @Test
  void partsStayWhatTheyAre() {
    Parts parts = new Parts(0.3, 0.3);
    assertEquals("120222120200002102110021112111", digits(i -> parts.of(i, i + 1)));
    assertEquals("112202102022011110112210100102", digits(i -> parts.of("text " + i)));
  }

  /** The ordinal of each part: 0 is training. */
  private static String digits(IntFunction<Split> part) {
    return IntStream.range(0, 30)
        .mapToObj(i -> Integer.toString(part.apply(i).ordinal()))
        .collect(Collectors.joining());
  }
}
