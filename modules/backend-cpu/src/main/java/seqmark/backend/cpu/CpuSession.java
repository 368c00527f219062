package seqmark.backend.cpu;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;

/** Parameters and state as arrays, one arena for the step values of all programs, the threads. */
final class CpuSession implements Session {
  private final long seed;
  private final Workers workers;

  private final Floats arena = new Floats(Memory.LARGE);
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, Floats> persistent = new HashMap<>();

  CpuSession(long seed, int threads) {
    this.seed = seed;
    this.workers = new Workers(threads);
  }

  @Override
  public Program compile(Graph graph) {
    graph
        .persistent()
        .forEach((name, value) -> {
          if (shapes.containsKey(name)) {
            requireShape(name, value.shape());
          } else {
            write(name, value.shape(), graph.initial(name, seed));
          }
        });
    return new CpuProgram(graph, workers, arena, persistent);
  }

  @Override
  public Map<String, Shape> persistent() {
    return Collections.unmodifiableMap(shapes);
  }

  @Override
  public float[] read(String name) {
    return persistent.get(known(name)).array().clone();
  }

  @Override
  public void write(String name, Shape shape, float[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "session: %s has shape %s, %d numbers, found %d"
              .formatted(name, shape, shape.size(), values.length));
    }
    if (shapes.putIfAbsent(name, shape) == null) {
      persistent.put(name, new Floats(shape.size()));
    }
    requireShape(name, shape);
    System.arraycopy(values, 0, persistent.get(name).array(), 0, values.length);
  }

  private String known(String name) {
    if (!shapes.containsKey(name)) {
      throw new IllegalArgumentException(
          "session: no persistent value " + name + ", known are " + shapes.keySet());
    }
    return name;
  }

  private void requireShape(String name, Shape found) {
    if (!shapes.get(name).equals(found)) {
      throw new ShapeException(
          "session: " + name + " has shape " + shapes.get(name) + ", found " + found);
    }
  }

  /** Makes every value that nobody writes before reading it visible. */
  void poison() {
    Arrays.fill(arena.array(), Float.NaN);
  }

  @Override
  public void close() {
    workers.close();
  }
}
