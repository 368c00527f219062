package seqmark.tasks;

/** The three parts of a task's data, which share no example. */
public enum Split {
  /** What models learn from. */
  TRAIN,
  /** What settings and the step to stop at are chosen on. */
  VALIDATION,
  /** What is read once, at the end. */
  TEST
}
