/** The SPI of tasks, and the built-in ones. */
@SuppressWarnings("requires-automatic") // ICU4J has no module-info
module seqmark.tasks {
  requires com.ibm.icu; // words for numbers, which the task numbers is made of
  requires transitive seqmark.nn;
  requires jdk.localedata; // names of months and days, which the task dates is made of

  exports seqmark.tasks;
  exports seqmark.tasks.bandits;
  exports seqmark.tasks.chomsky;
  exports seqmark.tasks.dates;
  exports seqmark.tasks.facts;
  exports seqmark.tasks.fewshot;
  exports seqmark.tasks.g2p;
  exports seqmark.tasks.incontext;
  exports seqmark.tasks.longrange;
  exports seqmark.tasks.mad;
  exports seqmark.tasks.metric;
  exports seqmark.tasks.numbers;
  exports seqmark.tasks.recall;
  exports seqmark.tasks.text;
  exports seqmark.tasks.tsv;

  provides seqmark.tasks.TaskProvider with
      seqmark.tasks.bandits.Bandits,
      seqmark.tasks.chomsky.BinaryAddition,
      seqmark.tasks.chomsky.BinaryMultiplication,
      seqmark.tasks.chomsky.BucketSort,
      seqmark.tasks.chomsky.ComputeSqrt,
      seqmark.tasks.chomsky.CycleNavigation,
      seqmark.tasks.chomsky.DuplicateString,
      seqmark.tasks.chomsky.EvenPairs,
      seqmark.tasks.chomsky.MissingDuplicate,
      seqmark.tasks.chomsky.ModularArithmetic,
      seqmark.tasks.chomsky.ModularArithmeticSimple,
      seqmark.tasks.chomsky.OddsFirst,
      seqmark.tasks.chomsky.ParityCheck,
      seqmark.tasks.chomsky.ReverseString,
      seqmark.tasks.chomsky.SolveEquation,
      seqmark.tasks.chomsky.StackManipulation,
      seqmark.tasks.dates.Dates,
      seqmark.tasks.facts.FactsQa,
      seqmark.tasks.fewshot.FewShot,
      seqmark.tasks.fewshot.Sinusoid,
      seqmark.tasks.g2p.G2p,
      seqmark.tasks.incontext.IclDfa,
      seqmark.tasks.longrange.ListOps,
      seqmark.tasks.mad.Compression,
      seqmark.tasks.mad.FuzzyRecall,
      seqmark.tasks.mad.InContextRecall,
      seqmark.tasks.mad.Memorization,
      seqmark.tasks.mad.NoisyRecall,
      seqmark.tasks.mad.SelectiveCopying,
      seqmark.tasks.numbers.Numbers,
      seqmark.tasks.recall.Copy,
      seqmark.tasks.recall.InductionHeads,
      seqmark.tasks.recall.Mqar,
      seqmark.tasks.recall.MqarSweep,
      seqmark.tasks.recall.Reverse,
      seqmark.tasks.recall.Sort,
      seqmark.tasks.text.Text,
      seqmark.tasks.tsv.Tsv;
}
