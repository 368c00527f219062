package seqmark.backend.tornado;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import seqmark.backend.tornado.kernel.Transfers;
import seqmark.compute.Graph;
import seqmark.compute.MemoryPlan;
import seqmark.compute.Profile;
import seqmark.compute.Program;
import seqmark.compute.Value;

/**
 * A graph and its memory plan. What it becomes on the device is worked out when it runs, and again
 * only if something else has taken its place there.
 */
final class TornadoProgram implements Program {
  /** Outputs of at most this many numbers come with every run; others when they are read. */
  private static final int SMALL = 64;

  private static final long NEVER = -1;

  private final TornadoSession session;
  private final Graph graph;
  private final MemoryPlan plan;
  private final float[] inputs;
  private final Map<Value, Integer> gatheredAt = new LinkedHashMap<>();
  private final float[] gathered;
  private Schedule schedule;
  private Places places;
  private long epoch = NEVER;
  private int position;
  private boolean written;

  /**
   * A program of a session.
   *
   * @throws IllegalStateException if an op has no kernel or the device has too little memory
   */
  TornadoProgram(Graph graph, TornadoSession session) {
    this.session = session;
    this.graph = graph;
    plan = new MemoryPlan(graph, Lowerings::scratchFloats);
    session.reserve(plan.arenaFloats());
    int end = 0;
    for (Value v : graph.inputs()) {
      end = Math.max(end, plan.place(v).at(0) + v.shape().size());
    }
    inputs = new float[end];
    int count = 0;
    for (Value v : graph.outputs()) {
      if (v.shape().size() <= SMALL && count + v.shape().size() <= Machine.GATHERED) {
        gatheredAt.put(v, count);
        count += v.shape().size();
      }
    }
    gathered = new float[count];
  }

  @Override
  public void write(Value input, float[] data) {
    if (!graph.inputs().contains(input)) {
      throw new IllegalArgumentException("write: " + input + " is no input of this graph");
    }
    requireRoom("write", input, data);
    System.arraycopy(data, 0, inputs, plan.place(input).at(0), input.shape().size());
    written = true;
  }

  private static void requireRoom(String what, Value value, float[] data) {
    if (data.length < value.shape().size()) {
      throw new IllegalArgumentException(
          "%s: %s needs %d numbers, found %d"
              .formatted(what, value, value.shape().size(), data.length));
    }
  }

  @Override
  public void run() {
    settle();
    Machine machine = session.machine();
    if (written || !session.wasLast(this)) {
      machine.upload(places.arena(), inputs, inputs.length);
      written = false;
    }
    session.ran(this);
    for (Stage stage : schedule.stages()) {
      switch (stage) {
        case Stage.Launch launch -> launch(machine, launch, 0);
        case Stage.Steps loop -> steps(machine, loop);
      }
    }
    float status = machine.gather(position + schedule.size(), gatheredAt.size(), gathered);
    if (status != Transfers.ALL_WELL) {
      machine.upload(0, inputs, 0);
      throw new IndexOutOfBoundsException(
          "backend tornado: token id %s is no row of its table".formatted(status));
    }
  }

  @Override
  public Optional<Profile> profile() {
    settle();
    Machine machine = session.machine();
    long nanos = 0;
    machine.startProfiler();
    try {
      run();
    } finally {
      nanos = machine.stopProfiler();
    }
    return Optional.of(new Profile(nanos, OptionalDouble.empty()));
  }

  /** Lowers the graph for where things are now, and brings the instructions to the device. */
  private void settle() {
    session.machine();
    if (epoch == session.epoch()) {
      return;
    }
    places = session.places(plan);
    schedule = new Schedule(places);
    List<Integer> pairs = new ArrayList<>();
    for (Value v : gatheredAt.keySet()) {
      pairs.add(places.of(v).place().at(0));
      pairs.add(v.shape().size());
    }
    position = session.bind(schedule.words(pairs.stream().mapToInt(i -> i).toArray()));
    epoch = session.epoch();
    written = true;
  }

  private void launch(Machine machine, Stage.Launch launch, int step) {
    machine.launch(launch.kernel(), position + launch.first(), launch.count(), step);
  }

  private void steps(Machine machine, Stage.Steps loop) {
    loop.entries().forEach(entry -> launch(machine, entry, 0));
    for (int i = 0; i < loop.steps(); i++) {
      int t = loop.reverse() ? loop.steps() - 1 - i : i;
      loop.body().forEach(node -> launch(machine, node, t));
    }
  }

  @Override
  public void read(Value output, float[] data) {
    if (!graph.outputs().contains(output)) {
      throw new IllegalArgumentException("read: " + output + " is no output of this graph");
    }
    requireRoom("read", output, data);
    if (epoch == NEVER) {
      throw new IllegalStateException("read: " + output + " is not there before the first run");
    }
    Integer at = gatheredAt.get(output);
    int size = output.shape().size();
    if (at != null) {
      System.arraycopy(gathered, at, data, 0, size);
    } else {
      session.download(places.of(output).place().at(0), data, size);
    }
  }

  @Override
  public long arenaBytes() {
    return (long) plan.arenaFloats() * Float.BYTES;
  }
}
