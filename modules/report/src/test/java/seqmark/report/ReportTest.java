package seqmark.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import seqmark.harness.Experiment;
import seqmark.harness.TrialResult;
import seqmark.harness.UserError;

class ReportTest {
  @TempDir Path folder;

  @Test
  void everythingIsWellFormed() throws Exception {
    Report.write(SyntheticExperiment.full(), folder);
    Document page = parse(Files.readString(folder.resolve("index.html")));
    assertEquals("html", page.getDocumentElement().getTagName());
    for (Path file : files(folder.resolve("charts"))) {
      if (file.toString().endsWith(".svg")) {
        assertEquals("svg", parse(Files.readString(file)).getDocumentElement().getTagName());
      }
    }
  }

  @Test
  void needsNothingFromOutside() throws Exception {
    Report.write(SyntheticExperiment.full(), folder);
    String html = Files.readString(folder.resolve("index.html"));
    assertFalse(html.contains("<script"));
    assertFalse(html.contains("url("));
    assertFalse(html.replace("http://www.w3.org/2000/svg", "").contains("http"));
  }

  @Test
  void everyChartOfThePageIsBesideItWithItsData() throws Exception {
    Report.write(SyntheticExperiment.full(), folder);
    Document page = parse(Files.readString(folder.resolve("index.html")));
    NodeList links = page.getElementsByTagName("a");
    int charts = 0;
    for (int i = 0; i < links.getLength(); i++) {
      String target = ((Element) links.item(i)).getAttribute("href");
      if (target.startsWith("charts/")) {
        charts++;
        assertTrue(Files.size(folder.resolve(target)) > 0, target);
      }
    }
    assertEquals(charts, files(folder.resolve("charts")).size());
    assertTrue(charts > 20, "charts: " + charts);
  }

  @Test
  void labelsCannotBecomeMarkup() throws Exception {
    String evil = "<script>alert(\"x\")</script>&'";
    TrialResult trial = SyntheticExperiment.trial(evil, evil, 0.2, 1, Map.of(evil, evil));
    Experiment experiment = new Experiment(evil, evil, Map.of(evil, evil), List.of(trial));
    Report.write(experiment, folder);
    String html = Files.readString(folder.resolve("index.html"));
    assertFalse(html.contains("<script"));
    assertTrue(parse(html).getElementsByTagName("h1").item(0).getTextContent().equals(evil));
    for (Path file : files(folder)) {
      assertFalse(
          Files.isRegularFile(file) && file.toString().contains("script>"), file.toString());
    }
  }

  @Test
  void theSameResultsGiveTheSameBytes() throws Exception {
    Report.write(SyntheticExperiment.full(), folder.resolve("a"));
    Report.write(SyntheticExperiment.full(), folder.resolve("b"));
    Report.write(SyntheticExperiment.full(), folder.resolve("b"));
    Map<String, byte[]> first = contents(folder.resolve("a"));
    Map<String, byte[]> second = contents(folder.resolve("b"));
    assertEquals(first.keySet(), second.keySet());
    first.forEach((name, bytes) -> assertArrayEquals(bytes, second.get(name), name));
  }

  @Test
  void chartsOfAnEarlierReportDoNotStay() throws Exception {
    Report.write(SyntheticExperiment.full(), folder);
    Report.write(SyntheticExperiment.smallest(), folder);
    assertTrue(
        files(folder.resolve("charts")).stream().noneMatch(f -> f.toString().contains("g2p")));
  }

  @Test
  void lostTrialsAreNamed() throws Exception {
    Report.write(SyntheticExperiment.full(), folder);
    String html = Files.readString(folder.resolve("index.html"));
    assertTrue(html.contains("2 trials lost"));
    assertTrue(html.contains("loss became NaN at step 700"));
    assertTrue(html.contains("2 seeds, 1 diverged"));
  }

  @Test
  void settingsThatWereTriedAreListed() throws Exception {
    Report.write(SyntheticExperiment.withGrid(), folder);
    assertTrue(Files.readString(folder.resolve("index.html")).contains("Settings that were tried"));
  }

  @Test
  void anExperimentWithoutATrialStillHasAPage() throws Exception {
    Report.write(SyntheticExperiment.experiment("empty", List.of()), folder);
    assertTrue(Files.readString(folder.resolve("index.html")).contains("0 of 0 trials finished"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsAUserError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    UserError error =
        assertThrows(
            UserError.class, () -> Report.write(SyntheticExperiment.smallest(), file.resolve("x")));
    assertTrue(
        error.getMessage().startsWith("cannot write the report to " + file), error.getMessage());
  }

  private static Document parse(String text)
      throws ParserConfigurationException, IOException, SAXException {
    String xml = text.replaceFirst("<!DOCTYPE html>\n", "");
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Map<String, byte[]> contents(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    for (Path file : files(folder)) {
      contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
    }
    return contents;
  }
}
