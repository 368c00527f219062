package seqmark.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;
import seqmark.compute.Cost;
import seqmark.compute.Node;
import seqmark.compute.Program;
import seqmark.compute.Scan;
import seqmark.compute.Timing;
import seqmark.compute.Value;

/**
 * Where the time of a training step goes, next to what the machine can do: the models and sizes are
 * those of {@code peers/compare}. Arguments: a model, and perhaps threads and seconds.
 */
public final class StepProfile {
  /** What is less than this of a step stands in one line together. */
  private static final double SMALL = 0.005;

  private StepProfile() {}

  /** Nodes of the same kind and shapes: how often a step runs them, and all that they take. */
  private record Row(String what, int count, double nanos, Cost cost) {
    Row plus(Row other) {
      double sum = nanos + other.nanos;
      return new Row(what, count + other.count, sum, cost.plus(other.cost));
    }

    Row named(String name) {
      return new Row(name, count, nanos, cost);
    }

    String print(double stepNanos, Peaks peaks) {
      return "| %s | %d | %.0f | %.1f%% | %.1f | %.0f%% | %.1f | %.0f%% |"
          .formatted(
              what,
              count,
              nanos * 1e-3,
              100 * nanos / stepNanos,
              cost.flops() / nanos,
              100 * cost.flops() / nanos / peaks.gflops(),
              cost.bytes() / nanos,
              100 * cost.bytes() / nanos / peaks.cached());
    }
  }

  /** Prints the table as Markdown. */
  public static void main(String[] args) throws RunnerException {
    try {
      if (args.length == 0) {
        throw new IllegalArgumentException("MODEL [THREADS [SECONDS]]: a model is missing");
      }
      int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
      int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
      profile(args[0], threads, seconds);
    } catch (NumberFormatException e) {
      System.err.println("profile: threads and seconds are whole numbers: " + e.getMessage());
      System.exit(2);
    } catch (IllegalArgumentException e) {
      System.err.println("profile: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void profile(String model, int threads, int seconds) throws RunnerException {
    try (Workload workload = new Workload(model, threads)) {
      Peaks peaks = Peaks.measure(threads, 300);
      workload.step();
      print(model, rows(timings(workload.program(), seconds * 1_000_000_000L)), peaks);
    }
  }

  /** Times for so long, after as long again that does not count. */
  private static List<List<Timing>> timings(Program program, long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      program.timings();
    }
    List<List<Timing>> runs = new ArrayList<>();
    while (System.nanoTime() - start < 2 * nanos) {
      runs.add(program.timings());
    }
    return runs;
  }

  /** The mean of all runs, the longest first. */
  private static List<Row> rows(List<List<Timing>> runs) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (int i = 0; i < runs.getFirst().size(); i++) {
      int at = i;
      Timing first = runs.getFirst().get(i);
      double nanos = runs.stream().mapToLong(r -> r.get(at).nanos()).average().orElseThrow();
      rows.merge(label(first), new Row(label(first), 1, nanos, first.cost()), Row::plus);
    }
    return rows.values().stream()
        .sorted(Comparator.comparingDouble(Row::nanos).reversed())
        .toList();
  }

  private static String label(Timing part) {
    Node first = part.nodes().getFirst();
    Stream<String> names = part.nodes().stream().map(n -> n.op().name());
    if (first.op() instanceof Scan scan) {
      names = Stream.of(scan.name(), "of " + scan.loop().steps() + ":");
      names = Stream.concat(names, scan.loop().nodes().stream().map(n -> n.op().name()).distinct());
    }
    String shapes =
        Stream.concat(first.in().stream().limit(2), first.out().stream().limit(1))
            .map(Value::shape)
            .map(Object::toString)
            .collect(Collectors.joining(" "));
    return names.collect(Collectors.joining(" ")) + " " + shapes;
  }

  private static void print(String model, List<Row> rows, Peaks peaks) {
    Row all = rows.stream().reduce(Row::plus).orElseThrow().named("all together");
    System.out.printf("## `%s`: a step of %.2f ms%n%n%s%n%n", model, all.nanos() * 1e-6, peaks);
    System.out.println("| what | times | µs | of step | GFLOP/s | of peak | GB/s | of cache |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    Map<Boolean, List<Row>> bySize =
        rows.stream().collect(Collectors.partitioningBy(r -> r.nanos() < SMALL * all.nanos()));
    Stream<Row> rest = bySize.get(true).stream().reduce(Row::plus).stream();
    Stream.of(bySize.get(false).stream(), rest.map(r -> r.named("the rest")), Stream.of(all))
        .flatMap(lines -> lines)
        .forEach(r -> System.out.println(r.print(all.nanos(), peaks)));
  }
}
