package seqmark.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A place in one arena of floats for every step value of a graph; places are used again as soon as
 * a value is dead.
 *
 * <p>What lies in the rows of a wider value ({@link Columns}) has its place there, which is taken
 * when the first part of it is computed.
 *
 * <p>Inputs and outputs keep their places for the whole run, but for an input that is carried
 * ({@link Graph#carry}): where possible, what follows it takes its place. The temporaries of a
 * loop's body share nothing, because a loop split by batch rows has its threads at different steps.
 */
public final class MemoryPlan {
  private static final class Storage {
    final int base;
    final int floats;
    int end;

    Storage(int base, int floats, int end) {
      this.base = base;
      this.floats = floats;
      this.end = end;
    }
  }

  private final Graph graph;
  private final Liveness live;
  private final Columns columns;
  private final Lifetimes lifetimes;
  private final ToIntFunction<Node> scratchFloats;
  private final Arena arena = new Arena();
  private final Map<Value, Place> places = new HashMap<>();
  private final Map<Value, Value> holders = new HashMap<>();
  private final Map<Value, Storage> storages = new HashMap<>();
  private final Map<Node, Integer> scratch = new HashMap<>();
  private final Map<Loop.Carry, Place> firstSlots = new HashMap<>();
  private final List<Storage> held = new ArrayList<>();

  /**
   * Plans a graph in which the rows of every value follow each other without gaps.
   *
   * @param scratchFloats how much private memory a backend's kernel wants for a node
   */
  public MemoryPlan(Graph graph, ToIntFunction<Node> scratchFloats) {
    this(graph, new Columns(graph, Columns.Reach.NONE), scratchFloats);
  }

  /**
   * Plans a graph.
   *
   * @param columns what lies in wider values
   * @param scratchFloats how much private memory a backend's kernel wants for a node
   */
  public MemoryPlan(Graph graph, Columns columns, ToIntFunction<Node> scratchFloats) {
    this.graph = graph;
    this.live = columns.live();
    this.columns = columns;
    this.lifetimes = new Lifetimes(columns);
    this.scratchFloats = scratchFloats;
    placeRoots();
    for (int i = 0; i < live.nodes().size(); i++) {
      Node n = live.nodes().get(i);
      if (n.op() instanceof Scan scan) {
        placeLoop(scan.loop(), i);
      } else {
        placeNode(n, i);
      }
      release(i);
    }
  }

  /** What has to run. */
  public Liveness live() {
    return live;
  }

  /** Where a value lies: in the arena or, if it has a {@link #holder}, in that value's array. */
  public Place place(Value v) {
    Place p = places.get(v);
    if (p == null) {
      throw new IllegalArgumentException("memory plan: " + v + " has no place: nothing reads it");
    }
    return p;
  }

  /** The persistent value in whose memory this value lies, or null for the arena. */
  public Value holder(Value v) {
    return holders.get(v);
  }

  /** Where the first value of a carry has to be copied before its loop starts. */
  public Place firstSlot(Loop.Carry carry) {
    return firstSlots.get(carry);
  }

  /** The start of a kernel's private memory in the arena. */
  public int scratch(Node n) {
    return scratch.getOrDefault(n, -1);
  }

  /** The size of the arena. */
  public int arenaFloats() {
    return arena.floats();
  }

  private void placeRoots() {
    for (Value v : graph.persistent().values()) {
      holders.put(v, v);
      places.put(v, Place.fixed(0));
    }
    for (Value v : graph.inputs()) {
      put(v, take(v.shape().size(), writtenOver(v) ? lifetimes.end(v) : live.nodes().size()));
    }
  }

  /** Whether the only op that reads an input writes in its place what the next run finds there. */
  private boolean writtenOver(Value input) {
    Value next = graph.carried().get(input);
    if (next == null || next.node() == null || graph.outputs().contains(input)) {
      return false;
    }
    Node n = next.node();
    int operand = n.inPlace(next.index());
    long readers =
        live.nodes().stream().flatMap(x -> x.in().stream()).filter(v -> v == input).count();
    return readers == 1 && operand >= 0 && n.in(operand) == input;
  }

  private Storage take(int floats, int end) {
    Storage s = new Storage(arena.take(floats), floats, end);
    held.add(s);
    return s;
  }

  private void put(Value v, Storage s) {
    storages.put(v, s);
    places.put(v, Place.fixed(s.base));
  }

  private void release(int position) {
    held.removeIf(s -> {
      if (s.end <= position) {
        arena.giveBack(s.base, s.floats);
        return true;
      }
      return false;
    });
  }

  private void placeNode(Node n, int position) {
    if (n.op().viewOffset(n) >= 0) {
      view(n);
      return;
    }
    for (Value out : n.out()) {
      Columns.Range range = columns.of(out);
      Storage reused = reusable(n, out, position);
      if (range != null) {
        placeWithin(range.whole(), position);
        putView(out, range.whole(), range.from());
      } else if (reused != null) {
        reused.end = Math.max(position, lifetimes.end(out));
        put(out, reused);
      } else {
        placeWithin(out, position);
      }
    }
    if (!columns.movesNothing(n)) {
      placeScratch(n, position);
    }
  }

  /** Takes memory for a value, unless that has been done for a part of it. */
  private void placeWithin(Value whole, int position) {
    if (!places.containsKey(whole)) {
      put(whole, take(whole.shape().size(), Math.max(position, lifetimes.end(whole))));
    }
  }

  private void view(Node n) {
    putView(n.out(0), n.in(0), n.op().viewOffset(n));
  }

  private void putView(Value out, Value source, int offset) {
    places.put(out, places.get(source).plus(offset));
    if (storages.containsKey(source)) {
      storages.put(out, storages.get(source));
    }
    if (holders.containsKey(source)) {
      holders.put(out, holders.get(source));
    }
  }

  private void placeScratch(Node n, int position) {
    int floats = scratchFloats.applyAsInt(n);
    if (floats > 0) {
      scratch.put(n, take(floats, position).base);
    }
  }

  /** The memory of the operand that this result may overwrite, if that dies here. */
  private Storage reusable(Node n, Value out, int position) {
    int operand = n.inPlace(out.index());
    if (operand < 0) {
      return null;
    }
    Value in = n.in(operand);
    Storage s = storages.get(in);
    boolean usedOnce = n.in().stream().filter(v -> storages.get(v) == s).count() == 1;
    int size = out.shape().size();
    boolean whole = s != null && s.floats == size && places.get(in).base() == s.base;
    return whole && in.shape().size() == size && usedOnce && s.end == position ? s : null;
  }

  private void placeLoop(Loop loop, int position) {
    loop.slices()
        .forEach((source, slice) -> {
          if (live.needs(slice)) {
            places.put(slice, Place.stacked(place(source).base(), slice.shape().size()));
            if (holders.containsKey(source)) {
              holders.put(slice, holders.get(source));
            }
          }
        });
    for (Loop.Carry c : loop.carries()) {
      placeCarry(loop, c, position);
    }
    for (Node n : live.body(loop)) {
      if (n.op().viewOffset(n) >= 0) {
        view(n);
        continue;
      }
      for (Value out : n.out()) {
        if (!places.containsKey(out)) {
          placeBodyValue(loop, out, position);
        }
      }
      placeScratch(n, position);
    }
  }

  private void placeBodyValue(Loop loop, Value v, int position) {
    Value all = loop.stacked().get(v);
    int size = v.shape().size();
    if (all != null && live.needs(all)) {
      Storage s = take(loop.steps() * size, Math.max(position, lifetimes.end(all)));
      put(all, s);
      places.put(v, Place.stacked(s.base, size));
    } else {
      places.put(v, Place.fixed(take(size, position).base));
    }
  }

  private void placeCarry(Loop loop, Loop.Carry c, int position) {
    int size = c.in().shape().size();
    int steps = loop.steps();
    Value allIn = loop.stacked().get(c.in());
    Value allNext = loop.stacked().get(c.next());
    Value last = loop.lasts().get(c.in());
    boolean stacked = live.needs(allIn) || live.needs(allNext);
    boolean inPlace = !stacked && overwrites(loop, c);
    int slots = stacked ? steps + 1 : inPlace ? 1 : 2;
    int end =
        Math.max(
            position,
            Math.max(lifetimes.end(last), Math.max(lifetimes.end(allIn), lifetimes.end(allNext))));
    Storage s = take(Math.multiplyExact(slots, size), end);
    int mask = stacked ? -1 : inPlace ? 0 : 1;
    int early = loop.reverse() ? 1 : 0;
    places.put(c.in(), new Place(s.base, size, early, mask));
    places.put(c.next(), new Place(s.base, size, 1 - early, mask));
    int firstSlot = loop.reverse() ? steps & mask : 0;
    int lastSlot = loop.reverse() ? 0 : steps & mask;
    firstSlots.put(c, Place.fixed(s.base + firstSlot * size));
    alias(last, s, lastSlot * size);
    alias(allIn, s, early * size);
    alias(allNext, s, (1 - early) * size);
    if (inPlace) {
      for (Value v = c.next(); v != c.in(); v = v.node().in(v.node().inPlace(v.index()))) {
        places.put(v, places.get(c.in()));
      }
    }
  }

  private void alias(Value outer, Storage s, int offset) {
    if (outer != null) {
      storages.put(outer, s);
      places.put(outer, Place.fixed(s.base + offset));
    }
  }

  /** Whether every op between a carry and its next value can write over what it reads. */
  private boolean overwrites(Loop loop, Loop.Carry c) {
    Value v = c.next();
    while (v != c.in()) {
      int operand = v.node() == null ? -1 : v.node().inPlace(v.index());
      if (operand < 0 || v.node().in(operand).loop() != loop) {
        return false;
      }
      Value before = v.node().in(operand);
      long readers =
          live.body(loop).stream().flatMap(n -> n.in().stream()).filter(x -> x == before).count();
      if (readers != 1
          || live.needs(loop.stacked().get(before))
          || !before.shape().equals(v.shape())) {
        return false;
      }
      v = before;
    }
    return true;
  }
}
