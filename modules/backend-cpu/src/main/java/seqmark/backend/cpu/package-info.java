/**
 * Graphs on the CPU. {@link seqmark.backend.cpu.Cpu} is all that is public.
 *
 * <p>A program is a list of stages: nodes, and whole loops. A stage runs {@link
 * seqmark.backend.cpu.Kernel kernels}, one per node, on ranges of units that {@link
 * seqmark.backend.cpu.Workers} hands to its threads. Kernels find their operands in one arena of
 * floats that a {@link seqmark.compute.MemoryPlan} has divided, and are made of three kinds of
 * small loops: {@link seqmark.backend.cpu.Gemm}, {@link seqmark.backend.cpu.Strips}, {@link
 * seqmark.backend.cpu.Functions}.
 *
 * <p>Two rules hold everywhere. The bits of an element do not depend on the number of threads, on
 * its place in a vector, or on whether code is interpreted or compiled. And a step allocates
 * nothing, once compiled; {@link seqmark.backend.cpu.Lanes} says what that asks of the loops.
 */
package seqmark.backend.cpu;
