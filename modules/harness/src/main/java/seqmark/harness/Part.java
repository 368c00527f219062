package seqmark.harness;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

/**
 * The examples of one part of a task. They are held in memory if they are few; otherwise only their
 * lengths are, and each example is made again when it is needed.
 */
final class Part extends AbstractList<Example> {
  /** So many numbers in the examples of a part, 64 MB, are few. */
  static final long HELD = 16L << 20;

  private final IntFunction<Example> maker;
  private final int[] sources;
  private final int[] targets;
  private boolean asks;

  private Part(int size, IntFunction<Example> maker) {
    this.maker = maker;
    this.sources = new int[size];
    this.targets = new int[size];
  }

  /**
   * Makes all examples of a part once, in order.
   *
   * @param limit how many numbers may be held
   */
  static Part of(Task task, Split split, long limit) {
    Part part = new Part(task.size(split), i -> task.example(split, i));
    Example[] held = new Example[part.size()];
    long numbers = 0;
    for (int i = 0; i < held.length; i++) {
      Example example = part.noted(i);
      numbers += numbers(example);
      if (numbers <= limit) {
        held[i] = example;
      } else if (held[0] != null) {
        Arrays.fill(held, null);
      }
    }
    return numbers <= limit ? of(List.of(held)) : part;
  }

  /** These examples. */
  static Part of(List<Example> examples) {
    Part part = new Part(examples.size(), examples::get);
    for (int i = 0; i < part.size(); i++) {
      part.noted(i);
    }
    return part;
  }

  private Example noted(int index) {
    Example example = get(index);
    sources[index] = example.source().length;
    targets[index] = example.target().length;
    asks |= example.asked().length > 0;
    return example;
  }

  private static long numbers(Example example) {
    long width = example.features().length == 0 ? 0 : example.features()[0].length;
    long numbers =
        example.source().length * (1 + width) + example.target().length + example.asked().length;
    for (int[] reference : example.references()) {
      numbers += reference.length;
    }
    return numbers;
  }

  @Override
  public Example get(int index) {
    return maker.apply(index);
  }

  @Override
  public int size() {
    return sources.length;
  }

  /** The longest source, at least 1. */
  int longestSource() {
    return Math.max(1, Arrays.stream(sources).max().orElse(1));
  }

  /** The longest target, at least 1. */
  int longestTarget() {
    return Math.max(1, Arrays.stream(targets).max().orElse(1));
  }

  /** Whether any target is asked at positions of its source. */
  boolean asks() {
    return asks;
  }

  /** All positions ordered by source length, then by target length. */
  int[] byLength() {
    return byLength(positions());
  }

  /** These positions ordered likewise; equal ones stay in their order. */
  int[] byLength(int[] positions) {
    return sorted(sorted(positions, targets), sources);
  }

  /** All positions ordered by what source and target have together. */
  int[] byNumbers() {
    int[] numbers = new int[size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = sources[i] + targets[i];
    }
    return sorted(positions(), numbers);
  }

  private int[] positions() {
    return IntStream.range(0, size()).toArray();
  }

  /** Sorted by counting: lengths are few, and no comparison has to be compiled at the start. */
  private static int[] sorted(int[] positions, int[] keys) {
    int largest = 0;
    for (int position : positions) {
      largest = Math.max(largest, keys[position]);
    }
    int[] places = new int[largest + 2];
    for (int position : positions) {
      places[keys[position] + 1]++;
    }
    for (int key = 0; key < largest; key++) {
      places[key + 1] += places[key];
    }
    int[] sorted = new int[positions.length];
    for (int position : positions) {
      sorted[places[keys[position]]++] = position;
    }
    return sorted;
  }
}
