package seqmark.backend.cpu;

import java.util.List;
import seqmark.compute.Node;

/** A part of a program that runs by itself, one after the other. */
sealed interface Stage permits NodeStage, LoopStage {
  /** Does all of it, with as many threads as pay. */
  void run(Workers workers);

  /** What it does, in order; a loop is the one node that stands for it. */
  List<Node> nodes();
}
