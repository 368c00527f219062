package seqmark.compute;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A place in one arena of floats for every step value of a graph; places are used again as soon as
 * a value is dead.
 *
 * <p>What lies in the rows of a wider value ({@link Columns}) has its place there, which is taken
 * when the first part of it is computed.
 *
 * <p>The temporaries of a loop's body share nothing, because a loop split by batch rows has its
 * threads at different steps. What is kept of every step may take the place of slices that are read
 * for the last time: gradients that of what the forward pass has kept for them.
 */
public final class MemoryPlan {
  /**
   * Where a value lies: in the array of a persistent value, or in a range of the arena.
   *
   * @param place from the start of either
   */
  private record Home(Value holder, Arena.Range range, Place place) {
    Home at(Place other) {
      return new Home(holder, range, other);
    }

    Place settled() {
      return range == null ? place : place.plus(range.base());
    }
  }

  private final Graph graph;
  private final Liveness live;
  private final Columns columns;
  private final Lifetimes lifetimes;
  private final ToIntFunction<Node> scratchFloats;
  private final Arena arena = new Arena();
  private final Map<Value, Home> homes = new HashMap<>();
  private final Map<Node, Arena.Range> scratch = new HashMap<>();
  private final Map<Loop.Carry, Home> firstSlots = new HashMap<>();

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
    this.lifetimes = new Lifetimes(graph, columns);
    this.scratchFloats = scratchFloats;
    placeRoots();
    for (int i = 0; i < live.nodes().size(); i++) {
      Node n = live.nodes().get(i);
      if (n.op() instanceof Scan scan) {
        placeLoop(scan.loop(), i);
      } else {
        placeNode(n, i);
      }
    }
    arena.settle();
  }

  /** What has to run. */
  public Liveness live() {
    return live;
  }

  /** Where a value lies: in the arena or, if it has a {@link #holder}, in that value's array. */
  public Place place(Value v) {
    return home(v).settled();
  }

  /** The persistent value in whose memory this value lies, or null for the arena. */
  public Value holder(Value v) {
    return home(v).holder;
  }

  private Home home(Value v) {
    Home home = homes.get(v);
    if (home == null) {
      throw new IllegalArgumentException("memory plan: " + v + " has no place: nothing reads it");
    }
    return home;
  }

  /** Where the first value of a carry has to be copied before its loop starts. */
  public Place firstSlot(Loop.Carry carry) {
    return firstSlots.get(carry).settled();
  }

  /** The start of a kernel's private memory in the arena. */
  public int scratch(Node n) {
    return scratch.containsKey(n) ? scratch.get(n).base() : -1;
  }

  /** The size of the arena. */
  public int arenaFloats() {
    return arena.floats();
  }

  private void placeRoots() {
    for (Value v : graph.persistent().values()) {
      homes.put(v, new Home(v, null, Place.fixed(0)));
    }
    for (Value v : graph.inputs()) {
      put(v, arena.take(v.shape().size(), -1, lifetimes.end(v)), Place.fixed(0));
    }
  }

  private void put(Value v, Arena.Range range, Place place) {
    homes.put(v, new Home(null, range, place));
  }

  private void placeNode(Node n, int position) {
    if (n.op().viewOffset(n) >= 0) {
      view(n);
      return;
    }
    for (Value out : n.out()) {
      Columns.Range within = columns.of(out);
      Arena.Range reused = reusable(n, out, position);
      if (within != null) {
        placeWhole(within.whole(), position);
        putView(out, within.whole(), within.from());
      } else if (reused != null) {
        reused.keep(lifetimes.end(out));
        put(out, reused, Place.fixed(0));
      } else {
        placeWhole(out, position);
      }
    }
    if (!columns.movesNothing(n)) {
      placeScratch(n, position);
    }
  }

  /** Takes memory for a value, unless that has been done for a part of it. */
  private void placeWhole(Value whole, int position) {
    if (!homes.containsKey(whole)) {
      int floats = whole.shape().size();
      put(whole, arena.take(floats, position, lifetimes.end(whole)), Place.fixed(0));
    }
  }

  private void view(Node n) {
    putView(n.out(0), n.in(0), n.op().viewOffset(n));
  }

  private void putView(Value out, Value source, int offset) {
    Home home = home(source);
    homes.put(out, home.at(home.place.plus(offset)));
  }

  private void placeScratch(Node n, int position) {
    int floats = scratchFloats.applyAsInt(n);
    if (floats > 0) {
      scratch.put(n, arena.take(floats, position, position));
    }
  }

  /** The memory of the operand that a result may be written over, or null. */
  private Arena.Range reusable(Node n, Value out, int position) {
    int operand = n.inPlace(out.index());
    return operand < 0 ? null : dying(n.in(operand), n, out.shape().size(), position);
  }

  /**
   * The memory of the slices that a result of a loop's body may be written over, each in its step,
   * or null.
   */
  private Arena.Range reusable(Loop loop, Value out, int position) {
    int operand = out.node().inPlace(out.index());
    Value slice = operand < 0 ? null : out.node().in(operand);
    if (slice == null || slice.kind() != Value.Kind.SLICE || !live.isReadOnce(slice)) {
      return null;
    }
    Value source = loop.source(slice);
    int size = out.shape().size();
    return slice.shape().size() == size && !isReadWhole(loop, source)
        ? dying(source, loop.scan(), loop.steps() * size, position)
        : null;
  }

  /** Whether a loop reads a value in any other way than slice by slice. */
  private boolean isReadWhole(Loop loop, Value source) {
    return live.body(loop).stream().anyMatch(n -> n.in().contains(source))
        || loop.carries().stream().anyMatch(c -> c.first() == source);
  }

  /**
   * The memory of an operand if that fills it and nobody needs it once the node has run, or null.
   */
  private Arena.Range dying(Value operand, Node n, int floats, int position) {
    Home home = home(operand);
    Arena.Range range = home.range;
    boolean whole = range != null && range.floats() == floats && operand.shape().size() == floats;
    long readers =
        n.in().stream().map(homes::get).filter(h -> h != null && h.range == range).count();
    return whole && readers == 1 && range.until() == position ? range : null;
  }

  private void placeLoop(Loop loop, int position) {
    loop.slices()
        .forEach((source, slice) -> {
          if (live.needs(slice)) {
            Home all = home(source);
            homes.put(slice, all.at(Place.stacked(all.place.base(), slice.shape().size())));
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
        if (!homes.containsKey(out)) {
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
      Arena.Range reused = reusable(loop, v, position);
      Arena.Range range =
          reused != null ? reused : arena.take(loop.steps() * size, position, position);
      range.keep(lifetimes.end(all));
      put(all, range, Place.fixed(0));
      put(v, range, Place.stacked(0, size));
    } else {
      put(v, arena.take(size, position, position), Place.fixed(0));
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
    Arena.Range range = arena.take(Math.multiplyExact(slots, size), position, position);
    int mask = stacked ? -1 : inPlace ? 0 : 1;
    int early = loop.reverse() ? 1 : 0;
    put(c.in(), range, new Place(0, size, early, mask));
    put(c.next(), range, new Place(0, size, 1 - early, mask));
    int firstSlot = loop.reverse() ? steps & mask : 0;
    int lastSlot = loop.reverse() ? 0 : steps & mask;
    firstSlots.put(c, new Home(null, range, Place.fixed(firstSlot * size)));
    alias(last, range, lastSlot * size);
    alias(allIn, range, early * size);
    alias(allNext, range, (1 - early) * size);
    if (inPlace) {
      for (Value v = c.next(); v != c.in(); v = v.node().in(v.node().inPlace(v.index()))) {
        homes.put(v, home(c.in()));
      }
    }
  }

  private void alias(Value outer, Arena.Range range, int offset) {
    if (outer != null) {
      range.keep(lifetimes.end(outer));
      put(outer, range, Place.fixed(offset));
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
      if (!live.isReadOnce(before)
          || loop.carries().stream().anyMatch(other -> other.next() == before)
          || live.needs(loop.stacked().get(before))
          || !before.shape().equals(v.shape())) {
        return false;
      }
      v = before;
    }
    return true;
  }
}
