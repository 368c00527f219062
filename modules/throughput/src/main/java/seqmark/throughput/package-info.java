/**
 * How fast models are: {@link seqmark.throughput.Throughput} starts virtual machines by way of JMH,
 * {@link seqmark.throughput.StepBenchmark} is what runs in them, and a page shows what they told.
 */
package seqmark.throughput;
