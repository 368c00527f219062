package seqmark.backend.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import seqmark.backend.tornado.kernel.Group;
import seqmark.backend.tornado.kernel.Transfers;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * One execution plan with a task graph for every kernel, and the memory that they share on the
 * device. It knows nothing of models: what a program does is data to it, so that a kernel is
 * compiled when it first runs and never again.
 */
final class Machine implements AutoCloseable {
  /** The most numbers that {@link #gather} brings at once. */
  static final int GATHERED = 1024;

  private static final int STAGED = 1 << 14;

  // The numbers of task graphs; kernels come behind.
  private static final int BEGIN = 0;
  private static final int UPLOAD = 1;
  private static final int BIND = 2;
  private static final int DOWNLOAD = 3;
  private static final int GATHER = 4;
  private static final int KERNELS = 5;

  private final Accelerator device;
  private final int floats;
  private final int words;
  private final FloatArray memory;
  private final IntArray instructions;
  private final FloatArray staged = new FloatArray(STAGED);
  private final IntArray code = new IntArray(STAGED);
  private final FloatArray fetched = new FloatArray(STAGED);
  private final FloatArray results = new FloatArray(Transfers.GATHERED_FIRST + GATHERED);
  private final IntArray at = new IntArray(3);
  private final KernelContext context = new KernelContext();
  private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
  private final GridScheduler grids = new GridScheduler();
  private final TornadoExecutionPlan plan;

  /** Not what fresh memory holds. */
  private int runs = 1_000;

  private boolean profiled;
  private long kernelNanos;

  /**
   * A machine with so much memory.
   *
   * @param floats of values
   * @param words of instructions
   * @throws TornadoOutOfMemoryException if the device has too little
   * @throws OutOfMemoryError if there is too little for the host's side of it
   */
  Machine(Accelerator device, int floats, int words) {
    this.device = device;
    this.floats = floats;
    this.words = words;
    memory = new FloatArray(floats);
    instructions = new IntArray(words);
    addTransfers();
    for (Kernel k : Kernel.values()) {
      String name = k.name().toLowerCase(Locale.ROOT);
      add(keeping(graph(name).task(name, k.code(), context, memory, instructions, at)));
    }
    plan = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
    plan.withDevice(device.device());
    plan.withGridScheduler(grids);
    // Without fast math, which is TornadoVM's default and not what IEEE 754 says of NaN.
    plan.withCompilerFlags(TornadoVMBackendType.OPENCL, "-cl-std=CL1.2");
    allocate();
  }

  /**
   * Has everything allocated, and looks whether it is there: if the driver gives no memory,
   * TornadoVM 5.2.0 either trips or goes on.
   */
  private void allocate() {
    results.set(Transfers.RUNS, Float.NaN);
    try {
      execute(BEGIN, 0, runs);
      execute(GATHER, 0, 0);
    } catch (NullPointerException e) {
      StackTraceElement[] trace = e.getStackTrace();
      boolean refused =
          trace.length > 0 && trace[0].getClassName().startsWith("uk.ac.manchester.tornado.");
      throw refused ? new TornadoOutOfMemoryException("no buffer: " + e.getMessage()) : e;
    }
    if (results.get(Transfers.RUNS) != runs) {
      throw new TornadoOutOfMemoryException("the driver did not run the first kernel");
    }
  }

  /** In the order of their numbers. */
  private void addTransfers() {
    add(begin());
    TaskGraph up = graph("upload", staged);
    add(keeping(up.task("upload", Transfers::upload, context, staged, memory, at)));
    TaskGraph bind = graph("bind", code);
    add(keeping(bind.task("bind", Transfers::bind, context, code, instructions, at)));
    TaskGraph down = graph("download");
    down.task("download", Transfers::download, context, memory, fetched, at);
    add(keeping(down).transferToHost(DataTransferMode.EVERY_EXECUTION, fetched));
    TaskGraph gather = graph("gather");
    gather.task("gather", Transfers::gather, context, memory, instructions, results, at);
    add(keeping(gather).transferToHost(DataTransferMode.EVERY_EXECUTION, results));
  }

  private TaskGraph keeping(TaskGraph graph) {
    return graph.persistOnDevice(memory, instructions);
  }

  /** The first to run: the others find the memory where it has put it. */
  private TaskGraph begin() {
    return keeping(
        new TaskGraph("begin")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, at)
            .task("begin", Transfers::begin, context, memory, instructions, at));
  }

  private TaskGraph graph(String name, Object... sent) {
    TaskGraph graph = new TaskGraph(name).consumeFromDevice("begin", memory, instructions);
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, at);
    if (sent.length > 0) {
      graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, sent);
    }
    return graph;
  }

  private void add(TaskGraph graph) {
    String name = graph.getTaskGraphName();
    WorkerGrid grid = new WorkerGrid1D(device.groups() * Group.LANES);
    grid.setLocalWork(Group.LANES, 1, 1);
    grids.addWorkerGrid(name + "." + name, grid);
    graphs.add(graph.snapshot());
  }

  private void execute(int graph, int... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      at.set(i, arguments[i]);
    }
    try {
      TornadoExecutionResult result = plan.withGraph(graph).execute();
      if (profiled && graph >= KERNELS) {
        kernelNanos += result.getProfilerResult().getDeviceKernelTime();
      }
    } catch (TornadoRuntimeException | TornadoBailoutRuntimeException e) {
      String name = graph < KERNELS ? "of transfers" : Kernel.values()[graph - KERNELS].name();
      throw new IllegalStateException(
          "backend tornado: %s cannot run kernel %s: %s; TornadoVM may have printed more"
              .formatted(device.name(), name, String.valueOf(e.getMessage()).replace("\n", " ")),
          e);
    }
    boolean counts = graph == UPLOAD || graph == DOWNLOAD || graph >= KERNELS;
    runs = counts ? (runs + 1) % Transfers.COUNTED : runs;
  }

  /** How many floats fit into the memory. */
  int floats() {
    return floats;
  }

  /** How many words of instructions there is room for. */
  int words() {
    return words;
  }

  /** Where it runs. */
  Accelerator device() {
    return device;
  }

  /** Copies numbers to the device, perhaps none, and clears the status. */
  void upload(int to, float[] data, int count) {
    int from = 0;
    do {
      int n = Math.min(STAGED, count - from);
      MemorySegment.copy(data, from, staged.getSegment(), ValueLayout.JAVA_FLOAT, 0, n);
      execute(UPLOAD, to + from, n);
      from += n;
    } while (from < count);
  }

  /** Copies instructions to the device. */
  void bind(int to, int[] data) {
    for (int from = 0; from < data.length; from += STAGED) {
      int n = Math.min(STAGED, data.length - from);
      MemorySegment.copy(data, from, code.getSegment(), ValueLayout.JAVA_INT, 0, n);
      execute(BIND, to + from, n);
    }
  }

  /** Runs instructions that follow each other, at a step of a loop. */
  void launch(Kernel kernel, int first, int count, int step) {
    execute(KERNELS + kernel.ordinal(), first, count, step);
  }

  /** Turns TornadoVM's profiler on, for all that runs until {@link #stopProfiler}. */
  void startProfiler() {
    plan.withProfiler(ProfilerMode.SILENT);
    profiled = true;
    kernelNanos = 0;
  }

  /** Turns it off; returns the time in kernels since it was turned on, transfers not counted. */
  long stopProfiler() {
    plan.withoutProfiler();
    profiled = false;
    return kernelNanos;
  }

  /** Copies numbers from the device. */
  void download(int place, float[] data, int count) {
    for (int from = 0; from < count; from += STAGED) {
      int n = Math.min(STAGED, count - from);
      execute(DOWNLOAD, place + from, n);
      MemorySegment.copy(fetched.getSegment(), ValueLayout.JAVA_FLOAT, 0, data, from, n);
    }
  }

  /**
   * Copies small results from the device.
   *
   * @param pairs where, among the instructions, their places and sizes stand
   * @return the status
   * @throws IllegalStateException if a kernel has not run
   */
  float gather(int pairs, int count, float[] data) {
    execute(GATHER, pairs, count);
    int counted = (int) results.get(Transfers.RUNS);
    if (counted != runs) {
      runs = counted;
      throw new IllegalStateException(
          "backend tornado: the driver of %s refused to run a kernel; what TornadoVM printed says why"
              .formatted(device.name()));
    }
    long first = Transfers.GATHERED_FIRST * (long) Float.BYTES;
    MemorySegment.copy(results.getSegment(), ValueLayout.JAVA_FLOAT, first, data, 0, data.length);
    return results.get(Transfers.STATUS);
  }

  @Override
  public void close() {
    try {
      plan.close();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException("backend tornado: " + device.name() + ": " + e, e);
    }
  }
}
