/** Results to charts, tables and one HTML page. */
@SuppressWarnings("requires-automatic")
module seqmark.report {
  requires java.desktop;
  requires seqmark.harness;
  requires xchart;
}
