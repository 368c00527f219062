/** How fast models are on every backend, measured with JMH. */
@SuppressWarnings("requires-automatic")
module seqmark.throughput {
  requires java.management;
  requires jdk.incubator.vector;
  requires jdk.unsupported; // JMH, which is no module and cannot say so itself
  requires jmh.core;
  requires transitive seqmark.harness;
  requires seqmark.report;
  requires tools.jackson.databind;

  exports seqmark.throughput;
  exports seqmark.throughput.jmh_generated to
      jmh.core;

  // For records that are stored.
  opens seqmark.throughput to
      tools.jackson.databind;
}
