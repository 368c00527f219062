package seqmark.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import seqmark.harness.UserError;
import seqmark.report.chart.Chart;
import seqmark.report.markup.Element;
import seqmark.report.markup.Verbatim;

/** One page that needs nothing but a browser, and its charts as files beside it. */
public final class Document {
  private static final String PAGE = "index.html";

  private final Gallery gallery = new Gallery();

  /** An empty one. */
  public Document() {}

  /** Where charts of the page are drawn. */
  public Gallery gallery() {
    return gallery;
  }

  /**
   * Writes {@code index.html} and {@code charts/}, in the place of an earlier page.
   *
   * @param title of the window
   * @param header above everything
   * @param main the rest
   * @return the page
   * @throws UserError if the folder cannot be written to
   */
  public Path write(Path folder, String title, Element header, Element main) {
    try {
      Path charts = Files.createDirectories(folder.resolve(Gallery.FOLDER));
      for (Map.Entry<Chart, Verbatim> entry : gallery.pictures().entrySet()) {
        Chart chart = entry.getKey();
        Files.writeString(charts.resolve(chart.file() + ".svg"), entry.getValue() + "\n");
        Files.writeString(charts.resolve(chart.file() + ".csv"), chart.csv());
      }
      // The page appears only when it is whole, with all it links to.
      Path part = Files.writeString(folder.resolve(PAGE + ".part"), html(title, header, main));
      Path page = Files.move(part, folder.resolve(PAGE), StandardCopyOption.REPLACE_EXISTING);
      deleteOtherCharts(charts);
      return page;
    } catch (IOException e) {
      throw new UserError("cannot write the report to " + folder + ": " + e.getMessage(), e);
    }
  }

  private static String html(String title, Element header, Element main) {
    Element head =
        Element.of(
            "head",
            Element.of("meta").with("charset", "utf-8"),
            Element.of("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            Element.of("title", title + " · Seqmark"),
            Element.of("style", stylesheet()));
    Element html = Element.of("html", head, Element.of("body", header, main));
    return "<!DOCTYPE html>\n" + html.with("lang", "en") + "\n";
  }

  /**
   * Deletes those of an earlier page: last, so that whoever stops it has a page with its charts.
   */
  private void deleteOtherCharts(Path charts) throws IOException {
    Set<String> ours = new HashSet<>();
    for (Chart chart : gallery.pictures().keySet()) {
      ours.add(chart.file() + ".svg");
      ours.add(chart.file() + ".csv");
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(charts, "*.{svg,csv}")) {
      for (Path file : all) {
        if (!ours.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
  }

  private static String stylesheet() {
    try (InputStream in = Document.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
