package seqmark.report.chart;

import seqmark.report.markup.Verbatim;

/** A picture of numbers, and the numbers. */
public sealed interface Chart permits XyChart, HeatMap {
  /** The name of its files, without extension. */
  String file();

  /** The picture: an {@code svg} element that needs nothing from outside. */
  Verbatim draw();

  /** What the picture shows, no more and no less, as comma-separated values with a header. */
  String csv();
}
