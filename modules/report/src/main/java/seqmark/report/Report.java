package seqmark.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import seqmark.harness.Experiment;
import seqmark.harness.TrialResult.AttentionMap;
import seqmark.harness.UserError;
import seqmark.report.chart.Chart;
import seqmark.report.chart.HeatMap;
import seqmark.report.markup.Verbatim;

/** Writes the results of an experiment as one page that needs nothing but a browser. */
public final class Report {
  /** The page's file name. */
  public static final String PAGE = "index.html";

  /** The folder of the charts beside it. */
  static final String CHARTS = "charts";

  private Report() {}

  /**
   * Finds out before hours of training whether the charts can be drawn behind them.
   *
   * @throws UserError if this machine has no font, which XChart needs to lay out text
   */
  public static void requireFonts() {
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 11)
          .getStringBounds("x", new FontRenderContext(null, true, true));
    } catch (RuntimeException | InternalError | LinkageError e) {
      throw new UserError(
          "the charts of the report need a font, and Java finds none here: install fontconfig and"
              + " any font (Debian: apt-get install fontconfig fonts-dejavu-core)",
          e);
    }
  }

  /**
   * Writes {@code index.html} and {@code charts/}, in the place of an earlier report. The same
   * results give the same bytes.
   *
   * @return the page
   * @throws UserError if the folder cannot be written to
   */
  public static Path write(Experiment experiment, Path folder) {
    Gallery gallery = new Gallery();
    String html = new Page(experiment, gallery).html(resource("page.css"));
    try {
      Path charts = Files.createDirectories(folder.resolve(CHARTS));
      deleteCharts(charts);
      for (Map.Entry<Chart, Verbatim> entry : gallery.pictures().entrySet()) {
        Chart chart = entry.getKey();
        Files.writeString(charts.resolve(chart.file() + ".svg"), entry.getValue() + "\n");
        Files.writeString(charts.resolve(chart.file() + ".csv"), chart.csv());
      }
      // The page appears only when it is whole, with all it links to.
      Path part = Files.writeString(folder.resolve(PAGE + ".part"), html);
      return Files.move(part, folder.resolve(PAGE), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserError("cannot write the report to " + folder + ": " + e.getMessage(), e);
    }
  }

  /** An attention map as SVG that stands alone. */
  public static String picture(String title, AttentionMap map) {
    HeatMap chart = new HeatMap("", title, 0, map.source(), map.output(), map.weights());
    return chart.draw() + "\n";
  }

  private static void deleteCharts(Path charts) throws IOException {
    try (DirectoryStream<Path> old = Files.newDirectoryStream(charts, "*.{svg,csv}")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
  }

  private static String resource(String name) {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
