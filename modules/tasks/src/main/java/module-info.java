/** The SPI of tasks, and the built-in ones. */
module seqmark.tasks {
  requires transitive seqmark.nn;

  exports seqmark.tasks;
}
