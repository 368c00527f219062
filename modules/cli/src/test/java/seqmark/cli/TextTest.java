package seqmark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.harness.TrialResult.AttentionMap;

class TextTest {
  @Test
  void tablesAlignTheirColumns() {
    TextTable table = new TextTable(1, List.of("model", "error", "size"));
    table.row(List.of("a", "26.3%", "1.02M"));
    table.row(List.of("longer", "–", "9"));
    assertEquals(
        List.of("model   error   size", "a       26.3%  1.02M", "longer      –      9"),
        table.lines(80));
  }

  @Test
  void tablesLeaveOutWhatDoesNotFit() {
    TextTable table = new TextTable(1, List.of("model", "error", "size"));
    table.row(List.of("a", "26.3%", "1.02M"));
    assertEquals(List.of("model  error", "a      26.3%"), table.lines(14));
    assertEquals(List.of("model", "a"), table.lines(3));
  }

  @Test
  void attentionIsShownAsShades() {
    AttentionMap map =
        new AttentionMap(
            List.of("A", "B"), List.of("AE", "B"), new double[][] {{0.98, 0.02}, {0.5, 0.5}});
    assertEquals(List.of("   A B", "AE ██", "B  ▒▒▒▒"), AttentionText.lines(map));
  }
}
