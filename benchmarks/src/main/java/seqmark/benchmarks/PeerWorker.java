package seqmark.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import seqmark.compute.Value;
import seqmark.nn.decode.Generated;
import seqmark.nn.io.Checkpoint;
import seqmark.nn.io.Safetensors;
import seqmark.nn.io.Tensor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seqmark's side of {@code peers/compare}: a command per line on stdin, a JSON object per line on
 * stdout. {@code peers/README.md} has the commands.
 */
public final class PeerWorker {
  private final int threads;
  private final Map<String, List<Workload>> workloads = new HashMap<>();
  private final Map<Integer, Product> products = new HashMap<>();

  private PeerWorker(int threads) {
    this.threads = threads;
  }

  /** Answers until stdin ends; the argument is the number of threads of a step. */
  public static void main(String[] args) throws IOException {
    PeerWorker worker = new PeerWorker(Integer.parseInt(args[0]));
    JsonMapper json = new JsonMapper();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(json.writeValueAsString(worker.answer(line.split(" "))));
    }
  }

  private Map<String, ?> answer(String[] words) {
    try {
      String model = words[1];
      return switch (words[0]) {
        case "parameters" -> parameters(of(model, 1).getFirst());
        case "save" -> save(of(model, 1).getFirst(), Path.of(words[2]));
        case "load" -> load(of(model, 1).getFirst(), Path.of(words[2]));
        case "loss" -> Map.of("loss", of(model, 1).getFirst().loss(0));
        case "tokens" -> tokens(of(model, 1).getFirst());
        case "memory" -> Map.of("bytes", of(model, 1).getFirst().stepBytes());
        case "time" -> time(of(model, 1).getFirst(), words[2], Long.parseLong(words[3]));
        case "multiply" -> multiply(Integer.parseInt(model), Path.of(words[2]));
        case "product" -> product(Integer.parseInt(model), Long.parseLong(words[2]));
        case "sweep" -> sweep(of(model, Integer.parseInt(words[2])), Long.parseLong(words[3]));
        default -> throw new IllegalArgumentException("unknown command " + words[0]);
      };
    } catch (RuntimeException | IOException | ExecutionException e) {
      return Map.of("error", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of("error", e.toString());
    }
  }

  /** So many workloads of a model, which share nothing. */
  private List<Workload> of(String model, int count) {
    List<Workload> known = workloads.computeIfAbsent(model, m -> new ArrayList<>());
    while (known.size() < count) {
      known.add(new Workload(model, threads));
    }
    return known.subList(0, count);
  }

  private static Map<String, ?> parameters(Workload workload) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    int count = 0;
    for (Value parameter : workload.parameters()) {
      shapes.put(parameter.name(), parameter.shape().toArray());
      count += parameter.shape().size();
    }
    return Map.of("parameters", count, "shapes", shapes);
  }

  private static Map<String, ?> save(Workload workload, Path file) throws IOException {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Value parameter : workload.parameters()) {
      float[] values = workload.session().read(parameter.name());
      weights.put(parameter.name(), new Tensor(parameter.shape(), values));
    }
    Safetensors.write(file, new Checkpoint(weights, Map.of()));
    return Map.of("saved", weights.size());
  }

  private static Map<String, ?> load(Workload workload, Path file) throws IOException {
    Checkpoint weights = Safetensors.read(file);
    weights.restore(workload.session());
    return Map.of("loaded", weights.tensors().size());
  }

  private static Map<String, ?> tokens(Workload workload) {
    List<Generated> all =
        IntStream.range(0, Workload.STREAMS).mapToObj(workload::generate).toList();
    return Map.of(
        "tokens", all.stream().map(Generated::tokens).toList(),
        "logProbabilities", all.stream().map(Generated::logProbability).toList());
  }

  /** What is timed: does it once and says how many tokens that was. */
  private interface Work {
    int run(int round);
  }

  private static Work work(Workload workload, String mode) {
    return switch (mode) {
      case "train" ->
          round -> {
            requireFinite(workload.step());
            return workload.tokensPerBatch();
          };
      case "forward" ->
          round -> {
            requireFinite(workload.loss(round));
            return workload.tokensPerBatch();
          };
      case "generate" -> round -> workload.generate(round).tokens().length;
      default -> throw new IllegalArgumentException("unknown mode " + mode);
    };
  }

  private static void requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new ArithmeticException("the loss is " + loss);
    }
  }

  private static Map<String, Number> time(Workload workload, String mode, long millis) {
    return time(work(workload, mode), millis);
  }

  private static Map<String, Number> time(Work work, long millis) {
    for (int i = 0; i < 3; i++) { // what ran meanwhile has emptied the caches
      work.run(i);
    }
    long start = System.nanoTime();
    long nanos = 0;
    int rounds = 0;
    long tokens = 0;
    while (nanos < millis * 1_000_000) {
      tokens += work.run(rounds++);
      nanos = System.nanoTime() - start;
    }
    return Map.of("rounds", rounds, "nanos", nanos, "tokensPerSecond", tokens * 1e9 / nanos);
  }

  /** A product of square matrices, with the factors and the result in a file. */
  private Map<String, ?> multiply(int size, Path file) throws IOException {
    Product product = product(size);
    product.run();
    Safetensors.write(file, new Checkpoint(product.matrices(), Map.of()));
    return Map.of("multiplied", size);
  }

  /** Times such a product; a row of the result counts as a token. */
  private Map<String, ?> product(int size, long millis) {
    Product product = product(size);
    return time(
        round -> {
          product.run();
          return size;
        },
        millis);
  }

  private Product product(int size) {
    return products.computeIfAbsent(size, n -> new Product(n, n, n, false, threads));
  }

  /** Trains all workloads at the same time, each on a thread of its own. */
  private static Map<String, ?> sweep(List<Workload> workloads, long millis)
      throws InterruptedException, ExecutionException {
    try (ExecutorService jobs = Executors.newFixedThreadPool(workloads.size())) {
      List<Callable<Map<String, Number>>> trials = new ArrayList<>();
      workloads.forEach(w -> trials.add(() -> time(w, "train", millis)));
      double tokensPerSecond = 0;
      for (Future<Map<String, Number>> trial : jobs.invokeAll(trials)) {
        tokensPerSecond += trial.get().get("tokensPerSecond").doubleValue();
      }
      return Map.of("tokensPerSecond", tokensPerSecond);
    }
  }
}
