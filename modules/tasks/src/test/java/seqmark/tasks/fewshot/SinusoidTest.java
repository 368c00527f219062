package seqmark.tasks.fewshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.nn.Tokens;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class SinusoidTest {
  private static Task task(int points) {
    Sinusoid.Config config = new Sinusoid.Config(points, 64, 1_000, 10, 10);
    return new Sinusoid().create(config, 1, Path.of("."));
  }

  @Property(tries = 300)
  void aValueIsWithinHalfABinOfItsCentre(
      @ForAll @DoubleRange(min = -5, max = 5) double value,
      @ForAll @IntRange(min = 2, max = 1_000) int count) {
    Bins bins = new Bins(count);
    int bin = bins.of(value);
    assertTrue(0 <= bin && bin < count);
    assertEquals(value, bins.centre(bin), 5.0 / count + 1e-12);
    assertEquals(bin, bins.of(bins.centre(bin)));
  }

  @Test
  void pointsSpanThePublishedRanges() {
    Task task = task(10);
    double farthest = 0;
    double highest = 0;
    for (int i = 0; i < 1_000; i++) {
      Example e = task.example(Split.TRAIN, i);
      assertEquals(11, e.features().length);
      assertEquals(0, e.features()[10][1], "the query tells its y");
      assertEquals("?", task.source().symbol(e.source()[10]));
      for (float[] point : e.features()) {
        farthest = Math.max(farthest, Math.abs(point[0]));
        highest = Math.max(highest, Math.abs(point[1]));
      }
    }
    assertTrue(4.95 < farthest && farthest <= 5, "x up to " + farthest);
    assertTrue(4.9 < highest && highest <= 5, "y up to " + highest);
  }

  @Test
  void errorsAreMeasuredBetweenCentres() {
    SquaredError error = new SquaredError(new Bins(10));
    Example e = Example.asking(new int[] {4}, new int[] {Tokens.FIRST + 2}, new int[] {0});
    assertEquals(9, of(error, e, Tokens.FIRST + 5), 1e-12);
    assertEquals(0, of(error, e, Tokens.FIRST + 2), 1e-12);
    assertEquals(100, of(error, e, Tokens.EOS), 1e-12);
    assertEquals(100, of(error, e), 1e-12);
    assertEquals(100, of(error, e, Tokens.FIRST + 2, Tokens.FIRST + 2), 1e-12);
  }

  private static double of(SquaredError error, Example e, int... answer) {
    double[] sums = new double[error.terms()];
    error.count(e, Answer.of(answer), sums);
    return error.value(sums);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 64, 'points is 1, expected 2 to 10000'",
    "5, 1, 'bins is 1, expected 2 to 1000'",
  })
  void parametersThatCannotBe(int points, int bins, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> new Sinusoid.Config(points, bins, 10, 10, 10));
    assertEquals(message, e.getMessage());
  }
}
