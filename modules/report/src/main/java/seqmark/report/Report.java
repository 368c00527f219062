package seqmark.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.nio.file.Path;
import seqmark.harness.Experiment;
import seqmark.harness.TrialResult.AttentionMap;
import seqmark.harness.UserError;
import seqmark.report.chart.HeatMap;

/** Writes the results of an experiment as one page that needs nothing but a browser. */
public final class Report {
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
    Document document = new Document();
    Page page = new Page(experiment, document.gallery());
    return document.write(folder, experiment.name(), page.header(), page.main());
  }

  /** An attention map as SVG that stands alone. */
  public static String picture(String title, AttentionMap map) {
    HeatMap chart = new HeatMap("", title, 0, map.source(), map.output(), map.weights());
    return chart.draw() + "\n";
  }
}
