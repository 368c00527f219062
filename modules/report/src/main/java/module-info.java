/** Results to charts, tables and one HTML page. */
module seqmark.report {
  requires transitive seqmark.harness;

  exports seqmark.report;
}
