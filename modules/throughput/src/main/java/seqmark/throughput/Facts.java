package seqmark.throughput;

import java.util.OptionalDouble;

/**
 * What a fork tells beside the times that JMH takes.
 *
 * @param gate whether the path may be timed
 * @param compileNanos tracing, planning and compiling, in a virtual machine that has just started
 * @param coldNanos the first step after that, data moved
 * @param flops of one step
 * @param bytes read and written by one step, every tensor once per op
 * @param memoryBytes parameters, state and step memory
 * @param referenceOps ops without a kernel, which ran their reference; empty if all have one
 * @param profiler whether the backend can tell the time in kernels
 * @param kernelNanos mean time in kernels of a step, by the profiler
 * @param watts mean power meanwhile, by the profiler
 */
record Facts(
    Gate gate,
    double compileNanos,
    double coldNanos,
    long flops,
    long bytes,
    long memoryBytes,
    String referenceOps,
    boolean profiler,
    OptionalDouble kernelNanos,
    OptionalDouble watts) {
  /** The same with what the profiler said. */
  Facts with(OptionalDouble nanos, OptionalDouble power) {
    return new Facts(
        gate,
        compileNanos,
        coldNanos,
        flops,
        bytes,
        memoryBytes,
        referenceOps,
        profiler,
        nanos,
        power);
  }
}
