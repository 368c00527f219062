package seqmark.backend.tornado;

import java.util.List;

/** A part of a program that runs by itself, one after the other. */
sealed interface Stage {
  /**
   * Instructions that a kernel runs at once.
   *
   * @param first where the first of them stands among the program's words
   */
  record Launch(Kernel kernel, int first, int count) implements Stage {}

  /** A loop whose body the loop's kernel cannot run: every step is launched from here. */
  record Steps(int steps, boolean reverse, List<Launch> entries, List<Launch> body)
      implements Stage {}
}
