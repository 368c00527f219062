package seqmark.backend.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import seqmark.compute.Columns;
import seqmark.compute.Graph;
import seqmark.compute.Loop;
import seqmark.compute.MemoryPlan;
import seqmark.compute.Node;
import seqmark.compute.Program;
import seqmark.compute.Scan;
import seqmark.compute.Timing;
import seqmark.compute.Value;
import seqmark.compute.op.Pointwise;

/** A graph with a kernel for every node, and a place in memory for every value. */
final class CpuProgram implements Program {
  private final Workers workers;
  private final Map<Value, Operand> inputs = new LinkedHashMap<>();
  private final Map<Value, Operand> outputs = new LinkedHashMap<>();
  private final Map<Value, Value> carried;
  private final Map<Node, Kernel> kernels = new HashMap<>();
  private final Memory memory;
  private final MemoryPlan plan;
  private final Stage[] stages;

  CpuProgram(Graph graph, Workers workers, Floats arena, Map<String, Operand> persistent) {
    this.workers = workers;
    Columns columns = new Columns(graph, new Distances());
    memory = new Memory(columns, workers.threads());
    graph.inputs().forEach(v -> inputs.put(v, memory.of(v)));
    graph.outputs().forEach(v -> outputs.put(v, memory.of(v)));
    carried = graph.carried();
    plan = new MemoryPlan(graph, columns, this::scratchFloats);
    stages = stages().toArray(Stage[]::new);
    arena.grow(Memory.START + plan.arenaFloats());
    memory.settle(plan, arena, persistent);
  }

  private int scratchFloats(Node node) {
    kernels.put(node, Kernels.create(node, memory));
    return memory.scratchFloats(node);
  }

  /** Nothing for nodes that only look at their operand differently: they have no kernel. */
  private List<Stage> stages() {
    List<Stage> found = new ArrayList<>();
    List<Node> run = new ArrayList<>();
    for (Node n : plan.live().nodes()) {
      if (n.op() instanceof Scan || kernels.containsKey(n) && !follows(n, run)) {
        end(run, found);
      }
      if (n.op() instanceof Scan) {
        found.add(loopStage(n));
      } else if (kernels.containsKey(n)) {
        run.add(n);
      }
    }
    end(run, found);
    return found;
  }

  /**
   * Whether a node changes, element by element, what a run of nodes that begins with a product
   * leaves.
   */
  private boolean follows(Node n, List<Node> run) {
    if (run.isEmpty() || !(kernels.get(run.getFirst()) instanceof MatMulKernels.Dense)) {
      return false;
    }
    Value product = run.getFirst().out(0);
    return n.op() instanceof Pointwise
        && n.out(0).shape().size() == product.shape().size()
        && plan.holder(product) == null
        && plan.place(n.out(0)).equals(plan.place(product));
  }

  private void end(List<Node> run, List<Stage> found) {
    if (!run.isEmpty()) {
      found.add(new NodeStage(List.copyOf(run), kernels));
      run.clear();
    }
  }

  private Stage loopStage(Node scan) {
    Loop loop = ((Scan) scan.op()).loop();
    List<LoopStage.Entry> entries = new ArrayList<>();
    for (Loop.Carry c : loop.carries()) {
      Operand slot = memory.at(plan.firstSlot(c));
      entries.add(new LoopStage.Entry(memory.of(c.first()), slot, c.in().shape().size()));
    }
    List<Kernel> body =
        plan.live().body(loop).stream().map(kernels::get).filter(Objects::nonNull).toList();
    return new LoopStage(scan, plan.live().splittableRows(loop), entries, body);
  }

  @Override
  public void write(Value input, float[] data) {
    Operand place = place("write", inputs, "input", input, data);
    System.arraycopy(data, 0, place.data(), place.at(0), input.shape().size());
  }

  @Override
  public void run() {
    for (Stage stage : stages) {
      stage.run(workers);
    }
  }

  @Override
  public List<Timing> timings() {
    List<Timing> timings = new ArrayList<>();
    for (Stage stage : stages) {
      long start = System.nanoTime();
      stage.run(workers);
      timings.add(new Timing(stage.nodes(), System.nanoTime() - start));
    }
    return timings;
  }

  @Override
  public void read(Value output, float[] data) {
    Operand place = place("read", outputs, "output", output, data);
    System.arraycopy(place.data(), place.at(0), data, 0, output.shape().size());
  }

  @Override
  public void feed(Value output, Value input) {
    if (carried.get(input) != output) {
      throw new IllegalArgumentException(
          "feed: %s is not carried to %s in this graph".formatted(output, input));
    }
    Operand from = outputs.get(output);
    Operand to = inputs.get(input);
    if (from.data() != to.data() || from.at(0) != to.at(0)) {
      System.arraycopy(from.data(), from.at(0), to.data(), to.at(0), input.shape().size());
    }
  }

  private static Operand place(
      String what, Map<Value, Operand> places, String kind, Value value, float[] data) {
    Operand place = places.get(value);
    if (place == null) {
      throw new IllegalArgumentException(
          "%s: %s is no %s of this graph".formatted(what, value, kind));
    }
    if (data.length < value.shape().size()) {
      throw new IllegalArgumentException(
          "%s: %s needs %d numbers, found %d"
              .formatted(what, value, value.shape().size(), data.length));
    }
    return place;
  }

  @Override
  public Set<String> referenceOps() {
    Set<String> names = new TreeSet<>();
    kernels.forEach((node, kernel) -> {
      if (kernel instanceof ReferenceKernel) {
        names.add(node.op().name());
      }
    });
    return names;
  }

  @Override
  public long arenaBytes() {
    return (long) plan.arenaFloats() * Float.BYTES;
  }
}
