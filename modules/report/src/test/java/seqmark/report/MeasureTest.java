package seqmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasureTest {
  @ParameterizedTest
  @CsvSource({
    "accuracy, 25.0%",
    "word error, 25.0%",
    "exact, 25.0%",
    "valid, 25.0%",
    "squared error, 0.25",
    "bits per character, 0.25",
    "BLEU, 0.25"
  })
  void sharesAreReadAsPercent(String name, String expected) {
    assertEquals(expected, new Measure(name, true).format(0.25));
  }
}
