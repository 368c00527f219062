/** The SPI of tasks, and the built-in ones. */
module seqmark.tasks {
  requires transitive seqmark.nn;
  requires jdk.localedata; // names of months and days, which the task dates is made of

  exports seqmark.tasks;
  exports seqmark.tasks.dates;
  exports seqmark.tasks.g2p;
  exports seqmark.tasks.mad;
  exports seqmark.tasks.metric;
  exports seqmark.tasks.recall;
  exports seqmark.tasks.tsv;

  provides seqmark.tasks.TaskProvider with
      seqmark.tasks.dates.Dates,
      seqmark.tasks.g2p.G2p,
      seqmark.tasks.mad.Compression,
      seqmark.tasks.mad.FuzzyRecall,
      seqmark.tasks.mad.InContextRecall,
      seqmark.tasks.mad.Memorization,
      seqmark.tasks.mad.NoisyRecall,
      seqmark.tasks.mad.SelectiveCopying,
      seqmark.tasks.recall.Copy,
      seqmark.tasks.recall.InductionHeads,
      seqmark.tasks.recall.Mqar,
      seqmark.tasks.recall.MqarSweep,
      seqmark.tasks.recall.Reverse,
      seqmark.tasks.recall.Sort,
      seqmark.tasks.tsv.Tsv;
}
