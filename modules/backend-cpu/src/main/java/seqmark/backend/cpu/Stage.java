package seqmark.backend.cpu;

/** A part of a program that runs by itself, one after the other. */
sealed interface Stage permits NodeStage, LoopStage {
  /** Does all of it, with as many threads as pay. */
  void run(Workers workers);
}
