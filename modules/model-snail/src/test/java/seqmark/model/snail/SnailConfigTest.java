package seqmark.model.snail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import seqmark.model.snail.SnailConfig.Parts;

class SnailConfigTest {
  private static void assertMessage(String expected, Executable code) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void badSettingsAreNamedWithTheirRange() {
    assertMessage(
        "hidden: must be at least 1, found 0", () -> new SnailConfig(0, 8, Parts.BOTH, 0));
    assertMessage(
        "embedding: must be at least 1, found 0", () -> new SnailConfig(8, 0, Parts.BOTH, 0));
    assertMessage(
        "dropout: must be in [0, 1), found 1.0", () -> new SnailConfig(8, 8, Parts.BOTH, 1));
  }

  @Test
  void partsAreSpelledAsInConfigs() {
    assertEquals("tc", Parts.TC.toString());
  }
}
