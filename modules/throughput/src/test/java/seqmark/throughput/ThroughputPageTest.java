package seqmark.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.harness.Registry;
import seqmark.harness.ThroughputConfig;
import seqmark.harness.ThroughputConfig.Execution;
import seqmark.harness.ThroughputConfig.Work;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report of made-up measurements: time is 100 ns per token and length on one thread. */
class ThroughputPageTest {
  private static final String EVIL = "<script>alert(\"x\")</script>&'";

  @TempDir Path folder;
  private ThroughputConfig config;

  @BeforeEach
  void readConfig() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            name: c
            models: [{model: lstm-seq2seq}, {model: transformer}]
            backends: [{backend: cpu, threads: 1}, {backend: cpu, threads: 2}]
            work: [training]
            batch: [2, 4]
            length: [8, 16, 32]
            """);
    config = ThroughputConfig.read(file, List.of(), Registry.builtIn());
  }

  @Test
  void thePageSaysWhatIsMissing() throws Exception {
    String html = html(all("", false));
    assertTrue(html.startsWith("<!DOCTYPE html>") && html.endsWith("</html>\n"), html);
    assertTrue(html.contains("all gates green"));
    assertTrue(html.contains("not reported"));
    assertTrue(html.contains("no profiler"));
    assertFalse(html.contains("Not for quoting"));
    assertTrue(html.contains("n<sup>2.00</sup>"), "the exponent of the made-up times");
    assertFalse(html.contains("The machine was busy"));
    String quick = html(all("", true));
    assertTrue(quick.contains("Not for quoting"));
    assertTrue(quick.contains("The machine was busy"));
  }

  @Test
  void aRunThatWasStoppedHasWhatIsThere() throws Exception {
    Measurements all = all("", false);
    String html = html(all.with(all.rows().subList(0, 5)));
    assertTrue(html.contains("Not complete"), html);
    assertTrue(html.contains("5 of 24 cases are through"), html);
    assertTrue(html.contains("5 of 24 cases, all gates green"), html);
    assertEquals(5, json().path("rows").size());
    assertFalse(json().path("complete").asBoolean());
    assertEquals(24, json().path("cases").asInt());
    html(all.with(List.of()));
    assertFalse(html(all).contains("Not complete"));
    assertTrue(json().path("complete").asBoolean());
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(f -> f.toString().endsWith(".part")), "left behind");
    }
  }

  /** Both sides are known to 10%, so the ratio to 14%; the yardstick is itself without doubt. */
  @Test
  void speedUpsHaveIntervals() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    Execution whole = new Execution("cpu", 0, cores, 0);
    Execution other = new Execution("other", 0, 1, 0);
    Case of = new Case("lstm-seq2seq", whole.label(), Work.TRAINING, 2, 8);
    Row base = row(of, whole, "");
    Row slower = row(new Case(of.model(), other.label(), of.work(), 2, 8), other, "");
    Path file = folder.resolve("s.yaml");
    Files.writeString(
        file, "name: s\nmodels: [{model: lstm-seq2seq}]\nbackends: [{backend: cpu, threads: 0}]\n");
    config = ThroughputConfig.read(file, List.of(), Registry.builtIn());
    Measurements all = all("", false).with(List.of(base, slower));
    assertEquals(new Estimate(1, 1, 1, 5), all.speedUp(base).orElseThrow());
    Estimate ratio = all.speedUp(slower).orElseThrow();
    assertEquals(1, ratio.mean(), 1e-12);
    assertEquals(Math.exp(Math.sqrt(2) * Math.log(1.1)), ratio.high(), 1e-12);
  }

  @Test
  void aRedGatePrintsNoNumberAndSaysWhy() throws Exception {
    String html = html(all("gate is red: logits: number 3", false));
    assertTrue(html.contains("gate is red: logits: number 3"));
    assertTrue(html.contains("24 without a number"));
    assertFalse(html.contains("tokens/s</p>"), "a headline with a speed");
    JsonNode row = json().path("rows").get(0);
    assertTrue(row.path("stepResidentNanos").isNull());
    assertTrue(row.path("coldFirstStepNanos").isNull());
    assertTrue(row.path("compileNanos").isNull());
  }

  @Test
  void nothingBecomesMarkup() throws Exception {
    String html = html(all(EVIL, false));
    assertFalse(html.contains("<script"));
    assertTrue(html.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;"), html);
  }

  @Test
  void jsonAndCsvHaveEveryRow() throws Exception {
    html(all("", false));
    JsonNode json = json();
    assertEquals(24, json.path("rows").size());
    JsonNode row = json.path("rows").get(0);
    assertEquals(2 * 8 * 1e9 / (100.0 * 8 * 8), row.path("tokensPerSecond").asDouble(), 1e-6);
    assertEquals(
        2.0, json.path("exponents").get(0).path("measured").path("value").asDouble(), 1e-9);
    assertEquals(25, Files.readAllLines(folder.resolve("results.csv")).size());
  }

  private Measurements all(String failure, boolean quick) {
    List<Row> rows = new ArrayList<>();
    for (var model : config.models()) {
      for (int batch : config.batch()) {
        for (int length : config.length()) {
          for (Execution e : config.backends()) {
            Case of = new Case(model.label(), e.label(), Work.TRAINING, batch, length);
            rows.add(row(of, e, failure));
          }
        }
      }
    }
    Optional<Estimate> peak = Optional.of(new Estimate(50, 49, 51, 5));
    List<Measurements.Theory> theories =
        List.of(
            new Measurements.Theory(
                "lstm-seq2seq", Work.TRAINING, new Growth(1, List.of("matmul"))),
            new Measurements.Theory(
                "transformer", Work.TRAINING, new Growth(2, List.of("attend"))));
    Map<String, String> machine = Map.of("cpu", failure.isEmpty() ? "some" : failure);
    Peaks peaks = new Peaks(peak, peak, peak, peak, peak, 2, 1_000);
    return new Measurements(
        config,
        quick,
        machine,
        OptionalDouble.of(quick ? 0.5 : 0.01),
        "a note",
        peaks,
        rows,
        rows.size(),
        theories);
  }

  private static Row row(Case of, Execution execution, String failure) {
    Gate gate = new Gate(failure.isEmpty(), 2, 1e-5, "logits");
    OptionalDouble none = OptionalDouble.empty();
    Facts facts = new Facts(gate, 1e6, 2e6, 1_000, 2_000, 3_000, "", false, none, none);
    double nanos = 100.0 * of.length() * of.length();
    Optional<Estimate> time =
        failure.isEmpty()
            ? Optional.of(new Estimate(nanos, 0.9 * nanos, 1.1 * nanos, 5))
            : Optional.empty();
    return new Row(of, execution, Optional.of(facts), time, time, failure);
  }

  private String html(Measurements all) throws Exception {
    ResultFiles.write(all, folder);
    return Files.readString(new ThroughputPage(all).write(folder));
  }

  private JsonNode json() throws Exception {
    return new JsonMapper().readTree(Files.readString(folder.resolve("results.json")));
  }
}
