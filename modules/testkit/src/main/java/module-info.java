/** Contracts that every backend, model and task has to fulfil. */
module seqmark.testkit {
  requires jdk.management;
  requires transitive org.junit.jupiter.api;
  requires transitive seqmark.compute;
  requires transitive seqmark.nn;
  requires transitive seqmark.tasks;
}
