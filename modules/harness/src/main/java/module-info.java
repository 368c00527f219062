/** Config, trials, trainer, metrics, statistics and results. */
module seqmark.harness {
  requires com.fasterxml.jackson.annotation;
  requires java.sql;
  requires transitive seqmark.nn;
  requires transitive seqmark.tasks;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;

  exports seqmark.harness;

  // For records that are only stored.
  opens seqmark.harness to
      tools.jackson.databind;

  uses seqmark.compute.Backend;
  uses seqmark.nn.ModelProvider;
  uses seqmark.tasks.TaskProvider;
}
