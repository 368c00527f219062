package seqmark.backend.tornado;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.backend.tornado.kernel.Elementwise;
import seqmark.compute.Graph;
import seqmark.compute.MemoryPlan;
import seqmark.compute.Place;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;

/**
 * The memory of a trial: the status, constants, persistent values, and then the arena of step
 * values. It lives in a machine's; when that becomes too small, persistent values move to a larger
 * one.
 */
final class TornadoSession implements Session {
  /** Places of persistent values are multiples of this. */
  private static final int ALIGNMENT = 16;

  /**
   * The most words of instructions that are kept: 512 training steps and as many of evaluation, of
   * the longest of all models. What comes then takes the place of all.
   */
  private static final int MOST_WORDS = 1 << 26;

  /** How many times as many words there is room for when there was not enough. */
  private static final int GROWTH = 8;

  private final long seed;
  private final Machines machines;
  private final ConstantTable constants = new ConstantTable();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, float[]> onHost = new LinkedHashMap<>();
  private int arena = ConstantTable.END;
  private int arenaFloats;
  private Machine machine;
  private int codeEnd;
  private int mostWords = MOST_WORDS;
  private long epoch;
  private TornadoProgram last;

  TornadoSession(long seed, Machines machines) {
    this.seed = seed;
    this.machines = machines;
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
    return new TornadoProgram(graph, this);
  }

  /**
   * Makes the arena at least so large when a program next runs.
   *
   * @throws IllegalStateException if the device has too little memory
   */
  void reserve(int floats) {
    machines.device().requireRoom(arena, Math.max(arenaFloats, floats));
    arenaFloats = Math.max(arenaFloats, floats);
  }

  @Override
  public Map<String, Shape> persistent() {
    return Collections.unmodifiableMap(shapes);
  }

  @Override
  public float[] read(String name) {
    if (!shapes.containsKey(name)) {
      throw new IllegalArgumentException(
          "session: no persistent value " + name + ", known are " + shapes.keySet());
    }
    float[] here = onHost.get(name);
    return here != null ? here.clone() : fetched(name);
  }

  private float[] fetched(String name) {
    float[] values = new float[shapes.get(name).size()];
    download(places.get(name), values, values.length);
    return values;
  }

  /**
   * Copies from where the program that ran last has left it. So this looks at the memory as it is:
   * what was compiled or written since, and may want more of it, waits for the next run.
   */
  void download(int place, float[] values, int count) {
    machine.download(place, values, count);
  }

  @Override
  public void write(String name, Shape shape, float[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "session: %s has shape %s, %d numbers, found %d"
              .formatted(name, shape, shape.size(), values.length));
    }
    if (shapes.putIfAbsent(name, shape) == null) {
      places.put(name, arena);
      arena = Math.addExact(arena, (shape.size() + ALIGNMENT - 1) & -ALIGNMENT);
      epoch++;
    }
    requireShape(name, shape);
    onHost.put(name, values.clone());
  }

  private void requireShape(String name, Shape found) {
    if (!shapes.get(name).equals(found)) {
      throw new ShapeException(
          "session: " + name + " has shape " + shapes.get(name) + ", found " + found);
    }
  }

  /** The machine, large enough and with all persistent values. */
  Machine machine() {
    int needed = Math.addExact(arena, arenaFloats);
    if (machine == null || machine.floats() < needed) {
      move(needed, machine == null ? 0 : machine.words());
    }
    onHost.forEach((name, values) -> machine.upload(places.get(name), values, values.length));
    onHost.clear();
    return machine;
  }

  /** To another machine; if there is none, values wait here. */
  private void move(int floats, int words) {
    if (machine != null) {
      shapes.keySet().forEach(name -> onHost.computeIfAbsent(name, this::fetched));
      close();
    }
    machine = machines.take(floats, words);
    constants.moved();
    codeEnd = 0;
    epoch++;
  }

  /** A number that changes whenever programs have to look for their places again. */
  long epoch() {
    return epoch;
  }

  Places places(MemoryPlan plan) {
    return new Places(constants, plan, places, arena);
  }

  /**
   * Brings instructions, and constants that are new, to the device. If there is no room, there is
   * more from now on, and all programs have to come again: those that nobody runs any more do not.
   *
   * @throws IllegalStateException if the device has too little memory
   */
  int bind(int[] words) {
    if (codeEnd + words.length > machine.words()) {
      int more = Math.max(words.length, Math.min(mostWords, GROWTH * machine.words()));
      if (more > machine.words()) {
        grow(more);
      }
      codeEnd = 0;
      epoch++;
    }
    constants.bring(machine);
    int start = codeEnd;
    machine.bind(start, words);
    codeEnd += words.length;
    return start;
  }

  /** Where the device has no memory for more instructions, programs take turns from now on. */
  private void grow(int words) {
    int floats = Math.addExact(arena, arenaFloats);
    int had = machine.words();
    try {
      move(floats, words);
    } catch (IllegalStateException e) {
      if (words > GROWTH * had) {
        throw e;
      }
      mostWords = had;
      move(floats, had);
    }
    machine();
  }

  boolean wasLast(TornadoProgram program) {
    return last == program;
  }

  void ran(TornadoProgram program) {
    last = program;
  }

  /** Makes every value that nobody writes before reading it visible. */
  void poison() {
    machine();
    Instruction fill =
        new Instruction(Kernel.ELEMENTS, Elementwise.FILL, arenaFloats)
            .with(0, constants.place(Float.NaN))
            .writes(0, new Operand(Place.fixed(arena), arenaFloats));
    int start = bind(fill.words());
    machine.launch(Kernel.ELEMENTS, start, 1, 0);
    last = null;
  }

  @Override
  public void close() {
    if (machine != null) {
      machines.giveBack(machine);
      machine = null;
    }
  }
}
