package seqmark.tasks.chomsky;

import java.math.BigInteger;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * The square root, rounded down, of a random binary number above zero, both with the highest digit
 * first and filled up with zeros before it: the root has half as many digits, rounded up. A
 * context-sensitive language.
 */
public final class ComputeSqrt extends Transduction {
  /** For ServiceLoader. */
  public ComputeSqrt() {
    super(
        "compute-sqrt",
        "the square root of a binary number, rounded down",
        characters("01"),
        characters("01"),
        8);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    int[] digits = Operands.positive(length, random);
    BigInteger root = Operands.value(digits).sqrt();
    int[] target = new int[(length + 1) / 2];
    for (int i = 0; i < target.length; i++) {
      target[i] = root.testBit(target.length - 1 - i) ? 1 : 0;
    }
    return Example.of(ReverseString.reversed(digits), target);
  }
}
