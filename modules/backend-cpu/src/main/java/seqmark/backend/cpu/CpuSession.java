package seqmark.backend.cpu;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.compute.Graph;
import seqmark.compute.Place;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;

/** Parameters and state, one arena for the step values of all programs, the threads. */
final class CpuSession implements Session {
  private final long seed;
  private final Workers workers;

  private final Floats arena = new Floats(Memory.LARGE);
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, Operand> persistent = new HashMap<>();
  private Floats block = new Floats(Memory.START);
  private int blockEnd = Memory.START;

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
    Operand value = persistent.get(known(name));
    int from = value.at(0);
    return Arrays.copyOfRange(value.data(), from, from + shapes.get(name).size());
  }

  @Override
  public void write(String name, Shape shape, float[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "session: %s has shape %s, %d numbers, found %d"
              .formatted(name, shape, shape.size(), values.length));
    }
    if (shapes.putIfAbsent(name, shape) == null) {
      persistent.put(name, room(shape.size()));
    }
    requireShape(name, shape);
    Operand value = persistent.get(name);
    System.arraycopy(values, 0, value.data(), value.at(0), values.length);
  }

  /**
   * A place that begins with a line of the cache. Products of a single row do little else than
   * reading weights, and take 1.5 times as long where vectors lie across two lines, as they do in
   * arrays of their own.
   */
  private Operand room(int size) {
    int lines = (size + Memory.LINE - 1) / Memory.LINE * Memory.LINE;
    if (blockEnd + lines > block.array().length) {
      block = new Floats(Math.max(Memory.LARGE, Memory.START + lines));
      blockEnd = Memory.START;
    }
    Operand place = new Operand(0);
    place.settle(block, Place.fixed(blockEnd));
    blockEnd += lines;
    return place;
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
