package seqmark.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void cosineWarmsUpInALineAndEndsAtZero() {
    Schedule s = new Schedule.Cosine(4, 20);
    assertEquals(0.25, s.factor(0));
    assertEquals(1, s.factor(3));
    assertEquals(1, s.factor(4));
    assertEquals(0.5, s.factor(12), 1e-12);
    assertEquals(0, s.factor(20), 1e-12);
    assertEquals(0, s.factor(100), 1e-12);
  }

  @Test
  void cosineWithoutWarmUpOrWithNothingElse() {
    assertEquals(1, new Schedule.Cosine(0, 10).factor(0));
    assertEquals(1, new Schedule.Cosine(10, 10).factor(9));
  }

  @Test
  void badSettingsAreNamedWithTheirRange() {
    assertMessage("learning rate: must be a number greater than 0, found -1.0", -1, 0, 0);
    assertMessage("beta1: must be in [0, 1), found 1.0", 1, 1, 0);
    assertMessage("weight decay: must be in [0, 1), found NaN", 1, 0, Double.NaN);
  }

  private static void assertMessage(String expected, double rate, double beta1, double decay) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new AdamW(rate, beta1, 0.9, 1e-8, decay));
    assertTrue(e.getMessage().equals(expected), e.getMessage());
  }
}
