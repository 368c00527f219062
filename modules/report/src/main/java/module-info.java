/** Results to charts, tables and one HTML page. */
@SuppressWarnings("requires-automatic")
module seqmark.report {
  requires java.desktop;
  requires transitive seqmark.harness;
  requires VectorGraphics2D;
  requires xchart;

  exports seqmark.report;
  exports seqmark.report.chart;
  exports seqmark.report.markup;
}
