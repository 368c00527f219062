package seqmark.throughput;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.harness.Machine;
import seqmark.harness.Registry;
import seqmark.harness.ThroughputConfig;
import seqmark.harness.ThroughputConfig.Execution;
import seqmark.harness.ThroughputConfig.Measure;
import seqmark.harness.ThroughputConfig.Work;
import seqmark.harness.UserError;
import seqmark.nn.Problem;
import seqmark.report.Numbers;

/** Times every case of a config, one after the other, and writes the report. */
public final class Throughput {
  private final ThroughputConfig config;
  private final Registry registry;
  private final boolean quick;
  private final Consumer<String> progress;
  private final Exchange exchange;
  private final Jmh jmh;

  /**
   * Prepares measuring; nothing runs yet.
   *
   * @param plugins places of plug-ins, as the registry was loaded from
   * @param folder where everything is written
   * @param quick whether to look so shortly that numbers are no good
   * @param progress gets a line per case
   */
  public Throughput(
      ThroughputConfig config,
      Registry registry,
      List<Path> plugins,
      Path folder,
      boolean quick,
      Consumer<String> progress) {
    this.config = quick ? config.with(Measure.QUICK) : config;
    this.registry = registry;
    this.quick = quick;
    this.progress = progress;
    this.exchange = new Exchange(folder.resolve("forks"), plugins);
    this.jmh = new Jmh(exchange, this.config.measure());
  }

  /**
   * Measures and writes {@code index.html}, {@code results.json}, {@code results.csv}.
   *
   * @return the page, and whether all gates were green
   * @throws UserError if a model cannot be built, JMH cannot run or files cannot be written
   */
  public Outcome run() {
    requireModels();
    prepareFolder();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    progress.accept("Peaks of the machine");
    Peaks peaks = Peaks.measure(exchange, quick);
    List<Case> cases = cases();
    List<Row> rows = new ArrayList<>();
    for (Case of : cases) {
      Row row = row(of);
      rows.add(row);
      progress.accept("[%d/%d] %s".formatted(rows.size(), cases.size(), line(row)));
    }
    Measurements all =
        new Measurements(
            config,
            quick,
            machine(load),
            load,
            Devices.note(config, registry),
            peaks,
            rows,
            theories());
    Path folder = exchange.folder().toAbsolutePath().getParent();
    ResultFiles.write(all, folder);
    Path page = new ThroughputPage(all).write(folder);
    return new Outcome(page, rows.stream().allMatch(r -> r.failure().isEmpty()));
  }

  /**
   * What a run came to.
   *
   * @param page the report
   * @param complete whether every case has its numbers
   */
  public record Outcome(Path page, boolean complete) {}

  /** A model that cannot be built is told before anything is measured. */
  private void requireModels() {
    for (ModelEntry<?> model : config.models()) {
      for (int length : config.length()) {
        try {
          model.create(Problem.of(config.vocabulary(), config.vocabulary(), length, length));
        } catch (IllegalArgumentException e) {
          throw new UserError(
              "model %s at length %d: %s".formatted(model.label(), length, e.getMessage()), e);
        }
      }
    }
  }

  private void prepareFolder() {
    try {
      Path folder = Files.createDirectories(exchange.folder());
      try (var old = Files.newDirectoryStream(folder, "*.{json,log,yaml}")) {
        for (Path file : old) {
          Files.delete(file);
        }
      }
      Files.writeString(exchange.config(), config.yaml());
    } catch (IOException e) {
      throw new UserError("cannot write to " + exchange.folder() + ": " + e.getMessage(), e);
    }
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Work work : config.work()) {
      for (ModelEntry<?> model : config.models()) {
        for (int batch : config.batch()) {
          for (int length : config.length()) {
            for (Execution execution : config.backends()) {
              cases.add(new Case(model.label(), execution.label(), work, batch, length));
            }
          }
        }
      }
    }
    return cases;
  }

  private Row row(Case of) {
    Execution execution =
        config.backends().stream().filter(e -> e.label().equals(of.backend())).findFirst().get();
    Optional<Jmh.Times> timed = jmh.time(of, execution);
    Optional<Facts> facts = exchange.read("step", of);
    boolean green = facts.filter(f -> f.gate().green()).isPresent();
    Optional<Jmh.Times> times = timed.filter(t -> green);
    return new Row(
        of,
        execution,
        times.isPresent() ? facts.map(f -> profiled(f, of, execution)) : facts,
        times.map(Jmh.Times::moved),
        times.map(Jmh.Times::resident),
        times.isPresent() ? "" : failure(of, facts));
  }

  /** What the device's profiler says besides, in a run of its own; nothing behind a red gate. */
  private Facts profiled(Facts facts, Case of, Execution execution) {
    if (!facts.profiler()) {
      return facts;
    }
    jmh.profile(of, execution);
    return exchange
        .read("profiled", of)
        .filter(p -> p.gate().green())
        .map(p -> facts.with(p.kernelNanos(), p.watts()))
        .orElse(facts);
  }

  private String failure(Case of, Optional<Facts> facts) {
    return facts
        .map(Facts::gate)
        .filter(gate -> !gate.green())
        .map(gate -> "gate is red: " + gate.where())
        .orElse("failed; see " + exchange.log(of.fileName() + "-step"));
  }

  private static String line(Row row) {
    Case of = row.of();
    String speed =
        row.tokensPerSecond().map(t -> Numbers.count(t.mean()) + " tokens/s").orElse(row.failure());
    return "%s, %s, batch %d, length %d, %s: %s"
        .formatted(of.model(), of.workName(), of.batch(), of.length(), of.backend(), speed);
  }

  private Map<String, String> machine(double load) {
    Map<String, String> facts = new LinkedHashMap<>(Machine.facts());
    facts.putAll(Devices.facts(registry));
    facts.put(
        "load average before the first measurement",
        load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load));
    facts.putAll(jmh.facts());
    return facts;
  }

  private List<Measurements.Theory> theories() {
    List<Measurements.Theory> theories = new ArrayList<>();
    for (Work work : config.work()) {
      for (ModelEntry<?> model : config.models()) {
        Growth growth = Growth.of(model, work, config.vocabulary());
        theories.add(new Measurements.Theory(model.label(), work, growth));
      }
    }
    return theories;
  }
}
