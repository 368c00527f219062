package seqmark.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import seqmark.report.chart.Axis.Range;
import seqmark.report.chart.Axis.Unit;
import seqmark.report.chart.Line.Kind;

class ChartTest {
  private static final Axis X = new Axis("steps", Unit.WHOLE, Range.FROM_ZERO);
  private static final Axis Y = new Axis("error (%)", Unit.PERCENT, Range.FROM_ZERO);

  @Test
  void writesWhatItDraws() {
    XyChart chart =
        chart(
            Kind.MARKED,
            point(1, 0.5),
            point(2, Double.NaN),
            point(3, 0.25),
            new Point(4, 0.2, 0.1, 0.3, 3));
    assertEquals(
        """
        model,line,steps,error (%),low,high,seeds
        "a, b",mean,1.0,0.5,0.5,0.5,1
        "a, b",mean,3.0,0.25,0.25,0.25,1
        "a, b",mean,4.0,0.2,0.1,0.3,3
        """,
        chart.csv());
    String markers = chart.draw().toString();
    assertEquals(3, occurrences(markers, "<title>a, b, mean: steps"));
    assertTrue(markers.contains("steps 4, error (%) 20 (3 seeds)"));
  }

  @Test
  void knowsWhenThereIsNothingToDraw() {
    assertTrue(chart(Kind.CURVE, point(1, Double.NaN)).isEmpty());
  }

  @Test
  void drawsABandOnlyAroundIntervals() {
    assertEquals(
        0,
        occurrences(chart(Kind.CURVE, point(1, 1), point(2, 1)).draw().toString(), "fill-opacity"));
    Point wide = new Point(2, 0.5, 0.4, 0.6, 3);
    assertEquals(
        1, occurrences(chart(Kind.CURVE, point(1, 1), wide).draw().toString(), "fill-opacity"));
  }

  @Test
  void endsALostLineWithACross() {
    String drawing = chart(Kind.LOST, point(1, 1), point(2, 1)).draw().toString();
    assertTrue(drawing.contains("stroke-dasharray"));
    assertTrue(drawing.contains("<title>a, b, mean</title>"));
  }

  @Test
  void wrapsALongLegend() {
    List<Line> lines =
        java.util.stream.IntStream.range(0, 12)
            .mapToObj(i ->
                new Line("a-long-model-name-" + i, "mean", i, Kind.CURVE, List.of(point(1, 1))))
            .toList();
    String drawing = new XyChart("f", "t", X, Y, "seeds", lines).draw().toString();
    var places = Pattern.compile("<text x=\"([\\d.]+)\"[^>]*>a-long").matcher(drawing);
    int names = 0;
    while (places.find()) {
      names++;
      assertTrue(Double.parseDouble(places.group(1)) < 350, places.group(1));
    }
    assertEquals(12, names);
  }

  @Test
  void mapsShowEverySymbolEvenIfItRepeats() {
    HeatMap map =
        new HeatMap(
            "f",
            "m",
            0,
            List.of("A", "N", "A", " "),
            List.of("AE", "</s>"),
            new double[][] {{0.7, 0.3, 0, 0}, {0, 0, 0.001, 0.999}});
    String drawing = map.draw().toString();
    assertEquals(2, occurrences(drawing, ">A</text>"));
    assertEquals(1, occurrences(drawing, ">␣</text>"));
    assertEquals(1, occurrences(drawing, ">end</text>"));
    assertEquals(3, occurrences(drawing, "<rect x="));
    assertEquals(
        """
        output,A,N,A,\s
        AE,0.7,0.3,0.0,0.0
        </s>,0.0,0.0,0.001,0.999
        """,
        map.csv());
  }

  private static XyChart chart(Kind kind, Point... points) {
    return new XyChart(
        "f", "t", X, Y, "seeds", List.of(new Line("a, b", "mean", 0, kind, List.of(points))));
  }

  private static Point point(double x, double y) {
    return new Point(x, y, y, y, 1);
  }

  private static long occurrences(String text, String part) {
    return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }
}
