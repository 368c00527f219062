package seqmark.model.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import seqmark.nn.layer.FeedForward.Activation;
import seqmark.nn.layer.Positions;
import seqmark.nn.layer.Residual.Place;

class TransformerConfigTest {
  private static TransformerConfig config(
      int width, int heads, int headWidth, Positions.Kind positions) {
    return new TransformerConfig(
        width, heads, headWidth, 0, 1, positions, Place.PRE, Activation.RELU, 0);
  }

  private static void assertMessage(String expected, Executable code) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void badSettingsAreNamedWithTheirRange() {
    assertMessage(
        "heads: must divide width 10 (so one of 1, 2, 5, 10) unless headWidth is given, found 4",
        () -> config(10, 4, 0, Positions.Kind.NONE));
    assertMessage(
        "headWidth: must be even with rotary positions, found 5 (width 10, heads 2)",
        () -> config(10, 2, 0, Positions.Kind.ROTARY));
    assertMessage(
        "heads: must be at least 1, found 0", () -> config(10, 0, 0, Positions.Kind.NONE));
    assertMessage(
        "headWidth: must be at least 0, found -1", () -> config(10, 2, -1, Positions.Kind.NONE));
  }

  @Test
  void everyWidthIsPossible() {
    for (int width = 1; width < 40; width++) {
      for (Positions.Kind positions : Positions.Kind.values()) {
        TransformerConfig wide = config(12, 3, 0, positions).withWidth(width);
        assertEquals(width, wide.width());
        int tooWide = 3 * wide.perHead() - width;
        int most = positions == Positions.Kind.ROTARY ? 5 : 2;
        assertEquals(Math.clamp(tooWide, 0, most), tooWide, wide.toString());
      }
    }
    assertEquals(0, config(12, 3, 0, Positions.Kind.NONE).withWidth(24).headWidth());
    assertEquals(7, config(12, 3, 7, Positions.Kind.NONE).withWidth(24).headWidth());
  }

  @Test
  void feedForwardNetsTakeUpWhatWidthsLeaveOver() {
    TransformerConfig free = config(12, 3, 0, Positions.Kind.NONE);
    assertEquals(50, free.enlarged(2).feedForward());
    assertEquals(50, free.enlarged(2).enlarged(3).feedForward());
  }
}
