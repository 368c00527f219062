/** The command line. */
module seqmark.cli {
  requires java.compiler;
  requires info.picocli;
  requires seqmark.harness;
  requires seqmark.report;
  requires seqmark.throughput;

  // Options are set by reflection.
  opens seqmark.cli to
      info.picocli;
}
