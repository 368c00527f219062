package seqmark.harness;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
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

  private Part(int size, IntFunction<Example> maker) {
    this.maker = maker;
    this.sources = new int[size];
    this.targets = new int[size];
  }

  /**
   * Makes all examples of a part once, in order.
   *
   * @param limit how many numbers may be held
   * @param seen told each example
   */
  static Part of(Task task, Split split, long limit, Consumer<Example> seen) {
    Part part = new Part(task.size(split), i -> task.example(split, i));
    Example[] held = new Example[part.size()];
    long numbers = 0;
    for (int i = 0; i < held.length; i++) {
      Example example = part.noted(i);
      seen.accept(example);
      numbers += numbers(example);
      if (numbers <= limit) {
        held[i] = example;
      } else {
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
    return example;
  }

  private static long numbers(Example example) {
    long width = example.features().length == 0 ? 0 : example.features()[0].length;
    return example.source().length * (1 + width)
        + example.target().length
        + example.asked().length
        + example.references().stream().mapToLong(r -> r.length).sum();
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

  /** Orders positions by source length, then by target length. */
  Comparator<Integer> byLength() {
    return Comparator.<Integer>comparingInt(i -> sources[i]).thenComparingInt(i -> targets[i]);
  }

  /** Orders positions by what source and target have together. */
  Comparator<Integer> byNumbers() {
    return Comparator.comparingInt(i -> sources[i] + targets[i]);
  }
}
