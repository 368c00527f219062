package seqmark.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seqmark.report.chart.Axis.Range;
import seqmark.report.chart.Axis.Unit;
import seqmark.report.chart.Line.Kind;

class ChartTest {
  private static final Axis X = new Axis("steps", Unit.WHOLE, Range.FROM_ZERO);
  private static final Axis Y = new Axis("error (%)", Unit.PERCENT, Range.FROM_ZERO);
  private static final String BAND = "fill:rgb(0,114,178);fill-opacity";
  private static final String MARKER = "<ellipse";

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
        model,line,steps,error (share),low,high,seeds
        "a, b",mean,1.0,0.5,0.5,0.5,1
        "a, b",mean,3.0,0.25,0.25,0.25,1
        "a, b",mean,4.0,0.2,0.1,0.3,3
        """,
        chart.csv());
    assertEquals(3 + 1, occurrences(draw(chart), MARKER), "three points and the legend");
  }

  @Test
  void knowsWhenThereIsNothingToDraw() {
    assertTrue(chart(Kind.CURVE, point(1, Double.NaN)).isEmpty());
  }

  @Test
  void drawsABandOnlyAroundIntervals() {
    Point wide = new Point(2, 0.5, 0.4, 0.6, 3);
    assertEquals(0, occurrences(draw(chart(Kind.CURVE, point(1, 1), point(2, 1))), BAND));
    assertEquals(1, occurrences(draw(chart(Kind.CURVE, point(1, 1), wide)), BAND));
  }

  @Test
  void drawsWhiskersAsFarAsUnevenIntervalsReach() {
    Point uneven = new Point(2, 0.5, 0.4, 0.9, 3);
    String drawing = draw(chart(Kind.MARKERS, point(1, 0.5), uneven));
    Pattern upright = Pattern.compile("rgb\\(0,114,178\\)[^>]* x1=\"([\\d.]+)\" x2=\"\\1\"");
    assertEquals(1, upright.matcher(drawing).results().count());
  }

  @Test
  void drawsALostLineDashed() {
    assertTrue(draw(chart(Kind.LOST, point(1, 1), point(2, 1))).contains("stroke-dasharray:4,3"));
  }

  @Test
  void textIsText() {
    String drawing = draw(chart(Kind.MARKED, point(0, 0), point(400, 0.5)));
    for (String text : List.of("t", "steps", "error (%)", "a, b", "0%", "50%", "400")) {
      assertTrue(drawing.contains(">" + text + "</text>"), text + " in " + drawing);
    }
    assertFalse(drawing.contains(" Q"), "an outline of a letter");
  }

  @Test
  void namesEveryModelInTheLegend() {
    List<Line> lines =
        IntStream.range(0, 12)
            .mapToObj(i ->
                new Line("a-long-model-name-" + i, "mean", i, Kind.CURVE, List.of(point(1, 1))))
            .toList();
    String drawing = draw(new XyChart("f", "t", X, Y, "seeds", lines));
    assertEquals(12, occurrences(drawing, ">a-long-model-name-"));
  }

  @Test
  void drawsOnePointOnEveryKindOfAxis() {
    for (Range range : Range.values()) {
      for (Unit unit : Unit.values()) {
        Axis axis = new Axis("axis", unit, range);
        Line line = new Line("a", "mean", 9, Kind.CURVE, List.of(point(5, 5)));
        String drawing = draw(new XyChart("f", "", axis, axis, "seeds", List.of(line)));
        assertFalse(drawing.contains("NaN"), axis.toString());
      }
    }
  }

  @Test
  void cutsIntervalsThatALogarithmicAxisCannotHold() {
    Axis loss = new Axis("loss", Unit.NUMBER, Range.LOGARITHMIC);
    List<Point> points = List.of(point(1, 9), new Point(2, 0.5, -0.1, 1.1, 2));
    Line line = new Line("a", "mean", 0, Kind.CURVE, points);
    String drawing = draw(new XyChart("f", "t", X, loss, "seeds", List.of(line)));
    assertEquals(1, occurrences(drawing, BAND));
    assertFalse(drawing.contains("NaN") || drawing.contains("Infinity"), drawing);
  }

  @Test
  void leavesTextAsItIs() {
    String odd = "0.123456 stroke:none; $1\\ <b>";
    String drawing =
        draw(new XyChart("f", odd, X, Y, "seeds", chart(Kind.CURVE, point(1, 1)).lines()));
    assertEquals(2, occurrences(drawing, odd.replace("<", "&lt;").replace(">", "&gt;")));
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
    String drawing = draw(map);
    assertEquals(2, occurrences(drawing, ">A</text>"));
    assertEquals(1, occurrences(drawing, ">␣</text>"));
    assertEquals(1, occurrences(drawing, ">end</text>"));
    assertEquals(2 + 3, occurrences(drawing, "<rect "), "paper, panel and three cells");
    assertEquals(
        """
        output,A,N,A,\s
        AE,0.7,0.3,0.0,0.0
        </s>,0.0,0.0,0.001,0.999
        """,
        map.csv());
  }

  @Test
  void symbolsAreToldApartThatLookTheSame() {
    List<String> symbols = List.of("日", "本", "\uE000", "A", "\u0410", "00", "\0", "");
    String drawing = draw(new HeatMap("f", "00", 0, symbols, symbols, new double[8][8]));
    for (String symbol : List.of("日", "本", "\uE000", "A", "\u0410", "\uFFFD")) {
      assertEquals(2, occurrences(drawing, ">" + symbol + "</text>"), symbol);
    }
    assertEquals(3, occurrences(drawing, ">00</text>"));
  }

  @Test
  void mapsOfManySymbolsShowThemAll() {
    List<String> source = IntStream.range(0, 80).mapToObj(i -> "word" + i).toList();
    List<String> output = IntStream.range(0, 50).mapToObj(i -> "out" + i).toList();
    String drawing = draw(new HeatMap("f", "m", 0, source, output, new double[50][80]));
    assertEquals(80, occurrences(drawing, ">word"));
    assertEquals(50, occurrences(drawing, ">out"));
  }

  private static XyChart chart(Kind kind, Point... points) {
    return new XyChart(
        "f", "t", X, Y, "seeds", List.of(new Line("a, b", "mean", 0, kind, List.of(points))));
  }

  private static String draw(Chart chart) {
    return chart.draw().toString();
  }

  private static Point point(double x, double y) {
    return new Point(x, y, y, y, 1);
  }

  private static long occurrences(String text, String part) {
    return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }
}
