package seqmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.report.chart.Point;

class DifficultyChartsTest {
  @Test
  void meansAreThoseOfAllSeeds() {
    Comparison comparison = Comparison.of(SyntheticExperiment.withOtherRanges()).getFirst();
    List<Point> points =
        new DifficultyCharts(comparison, new Gallery())
            .charts()
            .getFirst()
            .lines()
            .getFirst()
            .points();
    assertEquals(List.of(2.0, 4.0, 6.0), points.stream().map(Point::x).limit(3).toList());
  }
}
