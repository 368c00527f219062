package seqmark.model.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConvSeq2SeqConfigTest {
  private static void assertMessage(String expected, Executable code) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void badSettingsAreNamedWithTheirRange() {
    assertMessage(
        "kernel: must be odd and at least 3, found 4", () -> new ConvSeq2SeqConfig(8, 8, 1, 4, 0));
    assertMessage(
        "kernel: must be odd and at least 3, found 1", () -> new ConvSeq2SeqConfig(8, 8, 1, 1, 0));
    assertMessage(
        "layers: must be at least 1, found 0", () -> new ConvSeq2SeqConfig(8, 8, 0, 3, 0));
    assertMessage(
        "hidden: must be at least 1, found 0", () -> new ConvSeq2SeqConfig(0, 8, 1, 3, 0));
    assertMessage(
        "embedding: must be at least 1, found 0", () -> new ConvSeq2SeqConfig(8, 0, 1, 3, 0));
    assertMessage(
        "dropout: must be in [0, 1), found -0.1", () -> new ConvSeq2SeqConfig(8, 8, 1, 3, -0.1));
  }
}
