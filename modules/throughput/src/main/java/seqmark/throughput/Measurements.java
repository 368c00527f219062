package seqmark.throughput;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import seqmark.harness.ThroughputConfig;
import seqmark.harness.ThroughputConfig.Execution;
import seqmark.harness.ThroughputConfig.Work;

/**
 * All of one run on one machine.
 *
 * @param config what was asked
 * @param quick whether it is too short to be quoted
 * @param machine where, by name
 * @param busy share of the cores that others used before the first measurement
 * @param device what to know about devices before reading speeds
 * @param peaks what the cores can do
 * @param rows every case that is through
 * @param cases how many were asked for
 * @param theories how costs must grow in the end
 */
record Measurements(
    ThroughputConfig config,
    boolean quick,
    Map<String, String> machine,
    OptionalDouble busy,
    String device,
    Peaks peaks,
    List<Row> rows,
    int cases,
    List<Theory> theories) {

  /** The same with other rows. */
  Measurements with(List<Row> through) {
    return new Measurements(
        config, quick, machine, busy, device, peaks, List.copyOf(through), cases, theories);
  }

  /** Whether every case is through. */
  boolean complete() {
    return rows.size() == cases;
  }

  /** How the cost of a part of a model's life must grow. */
  record Theory(String model, Work work, Growth growth) {
    /** The work as the config names it. */
    String workName() {
      return work.name().toLowerCase(Locale.ROOT);
    }
  }

  /** The row of a case, if it was asked for. */
  Optional<Row> row(String model, String backend, Work work, int batch, int length) {
    Case wanted = new Case(model, backend, work, batch, length);
    return rows.stream().filter(r -> r.of().equals(wanted)).findFirst();
  }

  /** All cores of the CPU with all they have, if that was measured: the others' yardstick. */
  Optional<Execution> yardstick() {
    return config.backends().stream().filter(Execution::isWholeCpu).findFirst();
  }

  /** How many times as fast as the yardstick a row is; the yardstick's own are 1, without doubt. */
  Optional<Estimate> speedUp(Row row) {
    Case of = row.of();
    if (yardstick().equals(Optional.of(row.execution()))) {
      return row.moved().map(m -> new Estimate(1, 1, 1, m.count()));
    }
    return yardstick()
        .flatMap(y -> row(of.model(), y.label(), of.work(), of.batch(), of.length()))
        .flatMap(Row::moved)
        .flatMap(base -> row.moved().map(base::over));
  }

  /** How the time of resident steps grows with the length. */
  Optional<Exponent> measured(String model, String backend, Work work, int batch) {
    return exponent(model, backend, work, batch, r -> r.resident().map(Estimate::mean));
  }

  /** How the operations that the graph counts grow over the same lengths. */
  Optional<Exponent> counted(String model, String backend, Work work, int batch) {
    return exponent(model, backend, work, batch, r -> r.facts().map(f -> (double) f.flops()));
  }

  private Optional<Exponent> exponent(
      String model, String backend, Work work, int batch, Function<Row, Optional<Double>> cost) {
    Map<Integer, Double> costs = new TreeMap<>();
    for (int length : config.length()) {
      row(model, backend, work, batch, length).flatMap(cost).ifPresent(c -> costs.put(length, c));
    }
    return Exponent.of(costs);
  }
}
