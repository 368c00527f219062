package seqmark.backend.cpu;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import seqmark.compute.Columns;
import seqmark.compute.MemoryPlan;
import seqmark.compute.Node;
import seqmark.compute.Place;
import seqmark.compute.Value;

/**
 * What the kernels of a program have asked for: places of values and scratch memory. They ask when
 * they are made, the plan then gives the answers.
 */
final class Memory {
  /**
   * Where the arena begins in its array. The elements of a large array begin 16 bytes behind a line
   * of the cache, so from here on places that are multiples of 16 floats begin with one: a vector
   * of AVX-512 that lies across two lines takes twice as long to load.
   */
  static final int START = 12;

  /** Floats of a line of the cache. */
  static final int LINE = 16;

  /** So many floats that the garbage collector gives their array pages of its own. */
  static final int LARGE = 2 << 20;

  private final Columns columns;
  private final int threads;
  private final Map<Value, Operand> operands = new HashMap<>();
  private final Map<Operand, Place> others = new HashMap<>();
  private final Map<Node, Operand> scratch = new HashMap<>();
  private final Map<Node, Integer> scratchFloats = new HashMap<>();

  Memory(Columns columns, int threads) {
    this.columns = columns;
    this.threads = threads;
  }

  /** How many threads share the units of a kernel. */
  int threads() {
    return threads;
  }

  /** The place of a value. */
  Operand of(Value value) {
    return operands.computeIfAbsent(value, v -> new Operand(columns.distance(v)));
  }

  /** How rows of a value overlap, if they do; otherwise null. */
  Windows windows(Value value) {
    return columns.overlaps(value) ? Windows.of(value.node()) : null;
  }

  /** Whether an operand of a concat lies where the concat would put it. */
  boolean isThere(Node concat, int operand) {
    return columns.isThere(concat, operand);
  }

  /** The places of several values. */
  Operand[] of(List<Value> values) {
    return values.stream().map(this::of).toArray(Operand[]::new);
  }

  /** A place in the arena that the plan has named already. */
  Operand at(Place place) {
    Operand operand = new Operand(0);
    others.put(operand, place);
    return operand;
  }

  /** Memory of a node's own, valid from the preparation of its kernel until it has run. */
  Operand scratch(Node node, int floats) {
    scratchFloats.put(node, floats);
    return scratch.computeIfAbsent(node, n -> new Operand(0));
  }

  /** How much scratch memory the kernel of a node has asked for. */
  int scratchFloats(Node node) {
    return scratchFloats.getOrDefault(node, 0);
  }

  /** Tells all operands where they are. */
  void settle(MemoryPlan plan, Floats arena, Map<String, Operand> persistent) {
    operands.forEach((value, operand) -> {
      Value holder = plan.holder(value);
      Place place = plan.place(value);
      if (holder == null) {
        operand.settle(arena, place.plus(START));
      } else {
        operand.settle(persistent.get(holder.name()), place);
      }
    });
    others.forEach((operand, place) -> operand.settle(arena, place.plus(START)));
    scratch.forEach((node, operand) -> {
      if (scratchFloats(node) > 0) {
        operand.settle(arena, Place.fixed(START + plan.scratch(node)));
      }
    });
  }
}
