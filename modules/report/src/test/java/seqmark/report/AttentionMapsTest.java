package seqmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AttentionMapsTest {
  @Test
  void whatIsTooLargeToReadIsLeftOut() {
    Gallery gallery = new Gallery();
    Comparison comparison = Comparison.of(SyntheticExperiment.withMaps(20, 128, 129)).getFirst();
    assertTrue(new AttentionMaps(comparison, gallery).section().isPresent());
    assertEquals(2, gallery.pictures().size());
    Comparison large = Comparison.of(SyntheticExperiment.withMaps(129)).getFirst();
    assertTrue(new AttentionMaps(large, gallery).section().isEmpty());
  }
}
