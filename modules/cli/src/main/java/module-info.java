/** The command line. */
module seqmark.cli {
  requires info.picocli;
  requires org.jline.terminal;
  requires seqmark.harness;
  requires seqmark.report;
}
