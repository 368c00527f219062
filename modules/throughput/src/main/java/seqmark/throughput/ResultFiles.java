package seqmark.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import seqmark.harness.ThroughputConfig.Work;
import seqmark.harness.UserError;
import seqmark.report.chart.Csv;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** All numbers of a run, for programs: {@code results.json} and {@code results.csv}. */
record ResultFiles(Measurements all) {
  /** Writes both files, each in the place of an earlier one once it is whole. */
  static void write(Measurements all, Path folder) {
    ResultFiles files = new ResultFiles(all);
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    try {
      replace(folder.resolve("results.json"), json.writeValueAsString(files.tree()) + "\n");
      replace(folder.resolve("results.csv"), files.csv());
    } catch (IOException e) {
      throw new UserError("cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path part = Files.writeString(file.resolveSibling(file.getFileName() + ".part"), text);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", all.config().name());
    tree.put("quick", all.quick());
    tree.put("complete", all.complete());
    tree.put("cases", all.cases());
    tree.put("device", all.device());
    tree.put("machine", all.machine());
    tree.put("peaks", all.peaks());
    tree.put("config", all.config().yaml());
    tree.put("rows", all.rows().stream().map(this::row).toList());
    tree.put("exponents", exponents());
    return tree;
  }

  private String csv() {
    Csv csv = new Csv();
    List<Map<String, Object>> rows = all.rows().stream().map(this::row).toList();
    rows.stream().limit(1).forEach(row -> csv.row(List.copyOf(row.keySet())));
    rows.forEach(row -> csv.row(row.values().stream().map(v -> v == null ? "" : v).toList()));
    return csv.toString();
  }

  /** A row with the same keys for all; null for what there is not. */
  private Map<String, Object> row(Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", row.of().model());
    map.put("work", row.of().workName());
    map.put("backend", row.of().backend());
    map.put("threads", row.execution().threads());
    map.put("batch", row.of().batch());
    map.put("length", row.of().length());
    map.put("failure", row.failure());
    Optional<Facts> facts = row.facts();
    boolean told = row.failure().isEmpty();
    map.put("gateGreen", facts.map(f -> f.gate().green()).orElse(null));
    map.put("gateSequences", facts.map(f -> f.gate().sequences()).orElse(null));
    map.put(
        "gateWorstError", facts.map(f -> f.gate().worst()).filter(Double::isFinite).orElse(null));
    map.put("compileNanos", facts.filter(f -> told).map(Facts::compileNanos).orElse(null));
    map.put("coldFirstStepNanos", facts.filter(f -> told).map(Facts::coldNanos).orElse(null));
    put(map, "stepWithTransfersNanos", row.moved());
    put(map, "stepResidentNanos", row.resident());
    map.put("kernelNanos", number(facts.map(Facts::kernelNanos).orElse(OptionalDouble.empty())));
    put(map, "tokensPerSecond", row.tokensPerSecond());
    put(map, "speedUpOverWholeCpu", all.speedUp(row));
    map.put("flops", facts.map(Facts::flops).orElse(null));
    map.put("bytes", facts.map(Facts::bytes).orElse(null));
    map.put("gigaflopsPerSecond", number(row.gigaflops()));
    map.put("gigabytesPerSecond", number(row.gigabytes()));
    map.put("memoryBytes", facts.map(Facts::memoryBytes).orElse(null));
    map.put("joulesPerToken", number(row.joulesPerToken()));
    map.put("referenceOps", facts.map(Facts::referenceOps).orElse(""));
    return map;
  }

  private static void put(Map<String, Object> map, String name, Optional<Estimate> estimate) {
    map.put(name, estimate.map(Estimate::mean).orElse(null));
    map.put(name + "Low", estimate.map(Estimate::low).orElse(null));
    map.put(name + "High", estimate.map(Estimate::high).orElse(null));
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private List<Map<String, Object>> exponents() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Measurements.Theory theory : all.theories()) {
      for (var execution : all.config().backends()) {
        for (int batch : all.config().batch()) {
          list.add(exponent(theory, execution.label(), batch));
        }
      }
    }
    return list;
  }

  private Map<String, Object> exponent(Measurements.Theory theory, String backend, int batch) {
    String model = theory.model();
    Work work = theory.work();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", model);
    map.put("work", theory.workName());
    map.put("backend", backend);
    map.put("batch", batch);
    map.put("theory", theory.growth());
    map.put("counted", all.counted(model, backend, work, batch).orElse(null));
    map.put("measured", all.measured(model, backend, work, batch).orElse(null));
    return map;
  }
}
