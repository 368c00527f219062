package seqmark.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.nn.io.Checkpoint;
import seqmark.nn.io.Safetensors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seqmark's side of {@code peers/compare}: a command per line on stdin, a JSON object per line on
 * stdout. {@code parameters M}, {@code save M FILE}, {@code loss M}, {@code time M MILLIS}.
 */
public final class PeerWorker {
  private static final String STATE = "adamw.";

  private final Workload.Extents extents;
  private final int threads;
  private final Map<String, Workload> workloads = new HashMap<>();

  private PeerWorker(Map<String, Integer> options) {
    Workload.Extents usual = Workload.Extents.USUAL;
    extents =
        new Workload.Extents(
            options.getOrDefault("hidden", usual.hidden()),
            options.getOrDefault("embedding", usual.embedding()),
            options.getOrDefault("vocabulary", usual.vocabulary()),
            options.getOrDefault("batch", usual.batch()),
            options.getOrDefault("source", usual.source()),
            options.getOrDefault("target", usual.target()));
    threads = options.getOrDefault("threads", 1);
  }

  /** Answers until stdin ends; options are pairs such as {@code --threads 2}. */
  public static void main(String[] args) throws IOException {
    Map<String, Integer> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i].replaceFirst("^--", ""), Integer.parseInt(args[i + 1]));
    }
    PeerWorker worker = new PeerWorker(options);
    JsonMapper json = new JsonMapper();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(json.writeValueAsString(worker.answer(line.split(" "))));
    }
  }

  private Map<String, ?> answer(String[] words) {
    try {
      Workload workload =
          workloads.computeIfAbsent(words[1], m -> new Workload(m, extents, threads));
      return switch (words[0]) {
        case "parameters" -> parameters(workload);
        case "save" -> save(workload, Path.of(words[2]));
        case "loss" -> Map.of("loss", workload.loss());
        case "time" -> time(workload, Long.parseLong(words[2]));
        default -> throw new IllegalArgumentException("unknown command " + words[0]);
      };
    } catch (RuntimeException | IOException e) {
      return Map.of("error", e.toString());
    }
  }

  private static Map<String, ?> parameters(Workload workload) {
    long count = workload.footprint().parameters();
    Map<String, int[]> shapes = new LinkedHashMap<>();
    workload
        .session()
        .persistent()
        .forEach((name, shape) -> {
          if (!name.startsWith(STATE)) {
            shapes.put(name, shape.toArray());
          }
        });
    return Map.of("parameters", count, "shapes", shapes);
  }

  private static Map<String, ?> save(Workload workload, Path file) throws IOException {
    Safetensors.write(file, Checkpoint.of(workload.session(), Map.of()));
    return Map.of("saved", file.toString());
  }

  private Map<String, ?> time(Workload workload, long millis) {
    for (int i = 0; i < 3; i++) { // what ran meanwhile has emptied the caches
      workload.step();
    }
    long start = System.nanoTime();
    long nanos = 0;
    int steps = 0;
    double loss = 0;
    while (nanos < millis * 1_000_000) {
      loss = workload.step();
      steps++;
      nanos = System.nanoTime() - start;
    }
    if (!Double.isFinite(loss)) {
      throw new ArithmeticException("the loss is " + loss);
    }
    double tokens = (double) steps * extents.batch() * extents.target();
    return Map.of("steps", steps, "nanos", nanos, "tokensPerSecond", tokens * 1e9 / nanos);
  }
}
