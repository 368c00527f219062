package seqmark.tasks.chomsky;

import java.util.List;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;
import seqmark.tasks.Vocabulary;

/**
 * A stack of zeros and ones, given from the bottom to the top, and then what happens to it: {@code
 * pop}, {@code push-0}, {@code push-1}, all equally likely. The answer is the stack at the end from
 * the top to the bottom, and then a full stop, which counts too. A deterministic context-free
 * language.
 *
 * <p>As in the paper's code, the stack at the start has 1 to {@code length - 1} symbols, all sizes
 * equally likely (1 where the length is 1), and popping an empty stack does nothing.
 */
public final class StackManipulation extends Transduction {
  private static final int POP = 2;
  private static final int PUSH = 3;
  private static final int END = 2;

  /** For ServiceLoader. */
  public StackManipulation() {
    super(
        "stack-manipulation",
        "a stack after pushes and pops, from top to bottom, and a full stop",
        new Vocabulary(List.of("0", "1", "pop", "push-0", "push-1"), " "),
        characters("01."),
        4);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    int size = length == 1 ? 1 : 1 + random.fork("size").below(length - 1, 0);
    int[] source = new int[length];
    int[] stack = new int[length];
    for (int i = 0; i < size; i++) {
      source[i] = random.below(2, i);
      stack[i] = source[i];
    }
    int height = size;
    for (int i = size; i < length; i++) {
      source[i] = POP + random.below(3, i);
      if (source[i] != POP) {
        stack[height++] = source[i] - PUSH;
      } else if (height > 0) {
        height--;
      }
    }
    return Example.of(source, downwards(stack, height));
  }

  private static int[] downwards(int[] stack, int height) {
    int[] answer = new int[height + 1];
    for (int i = 0; i < height; i++) {
      answer[i] = stack[height - 1 - i];
    }
    answer[height] = END;
    return answer;
  }
}
