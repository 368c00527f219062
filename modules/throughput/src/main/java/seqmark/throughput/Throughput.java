package seqmark.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
import seqmark.nn.SequenceModel;
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
   * Measures and writes {@code index.html}, {@code results.json}, {@code results.csv}, anew after
   * every case: who stops it has all but the case that ran.
   *
   * @return the page, and whether all gates were green
   * @throws UserError if a model cannot be built, JMH cannot run or files cannot be written
   * @throws InterruptedException if the thread is, before the first measurement
   */
  public Outcome run() throws InterruptedException {
    requireModels();
    prepareFolder();
    OptionalDouble busy = busy();
    progress.accept("Peaks of the machine");
    List<Case> cases = cases();
    Measurements all =
        new Measurements(
            config,
            quick,
            machine(busy),
            busy,
            Devices.note(config, registry),
            Peaks.measure(exchange, quick),
            List.of(),
            cases.size(),
            theories());
    Path folder = exchange.folder().toAbsolutePath().getParent();
    List<Row> rows = new ArrayList<>();
    Path page = write(all, folder);
    for (Case of : cases) {
      Row row = row(of);
      rows.add(row);
      page = write(all.with(rows), folder);
      progress.accept("[%d/%d] %s".formatted(rows.size(), cases.size(), line(row)));
    }
    return new Outcome(page, rows.stream().allMatch(r -> r.failure().isEmpty()));
  }

  private static Path write(Measurements all, Path folder) {
    ResultFiles.write(all, folder);
    return new ThroughputPage(all).write(folder);
  }

  private OptionalDouble busy() throws InterruptedException {
    OptionalDouble busy = Busy.share();
    if (busy.orElse(0) > Busy.LIMIT) {
      progress.accept(
          "The machine is busy: other processes use %s of its cores; speeds will be too low"
              .formatted(Numbers.percent(busy.getAsDouble())));
    }
    return busy;
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
          create(model, length);
        } catch (IllegalArgumentException e) {
          throw new UserError(
              "model %s at length %d: %s".formatted(model.label(), length, e.getMessage()), e);
        }
      }
    }
  }

  private SequenceModel create(ModelEntry<?> model, int length) {
    return model.create(Problem.of(config.vocabulary(), config.vocabulary(), length, length));
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
    int distinct = distinct(of);
    Optional<Jmh.Times> timed = jmh.time(of, execution, distinct);
    Optional<Facts> facts = exchange.read("step", of);
    boolean green = facts.filter(f -> f.gate().green()).isPresent();
    Optional<Jmh.Times> times = timed.filter(t -> green);
    return new Row(
        of,
        execution,
        times.isPresent() ? facts.map(f -> profiled(f, of, execution, distinct)) : facts,
        times.map(Jmh.Times::moved),
        times.map(Jmh.Times::resident),
        times.isPresent() ? "" : failure(of, facts));
  }

  private int distinct(Case of) {
    ModelEntry<?> model =
        config.models().stream().filter(m -> m.label().equals(of.model())).findFirst().get();
    return Repetition.distinct(of, create(model, of.length()), config.seed(), config.vocabulary());
  }

  /** What the device's profiler says besides, in a run of its own; nothing behind a red gate. */
  private Facts profiled(Facts facts, Case of, Execution execution, int distinct) {
    if (!facts.profiler()) {
      return facts;
    }
    jmh.profile(of, execution, distinct);
    return exchange
        .read("profiled", of)
        .filter(p -> p.gate().green())
        .map(p -> facts.with(p.kernelNanos(), p.watts()))
        .orElse(facts);
  }

  private String failure(Case of, Optional<Facts> facts) {
    Path log = exchange.log(of.fileName() + "-step");
    return facts
        .map(Facts::gate)
        .filter(gate -> !gate.green())
        .map(gate -> "gate is red: " + gate.where())
        .orElseGet(() -> ForkEnd.of(log) + "; see " + log);
  }

  private static String line(Row row) {
    Case of = row.of();
    String speed =
        row.tokensPerSecond().map(t -> Numbers.count(t.mean()) + " tokens/s").orElse(row.failure());
    return "%s, %s, batch %d, length %d, %s: %s"
        .formatted(of.model(), of.workName(), of.batch(), of.length(), of.backend(), speed);
  }

  private Map<String, String> machine(OptionalDouble busy) {
    Map<String, String> facts = new LinkedHashMap<>(Machine.facts());
    facts.putAll(Devices.facts(registry));
    facts.put("kernels kept on disk", Devices.kernelCaches(System.getenv()));
    facts.put(
        "cores used by others before the first measurement",
        busy.isPresent() ? Numbers.percent(busy.getAsDouble()) : "unknown");
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
