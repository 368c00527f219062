package seqmark.testkit;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import seqmark.compute.CounterRandom;
import seqmark.compute.Op;
import seqmark.compute.Shape;

/**
 * An op with operands to try it on.
 *
 * @param op what is tested
 * @param operands its operands
 */
record OpCase(Op op, List<Operand> operands) {
  /** What an operand is filled with: element {@code i}, from random numbers. */
  interface Content extends ToDoubleBiFunction<CounterRandom, Integer> {}

  /**
   * An operand.
   *
   * @param shape its shape
   * @param content what it is filled with
   */
  record Operand(Shape shape, Content content) {
    float[] values(CounterRandom random) {
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) content.applyAsDouble(random, i);
      }
      return values;
    }
  }

  static OpCase of(Op op, Operand... operands) {
    return new OpCase(op, List.of(operands));
  }

  /** Standard normal numbers. */
  static Operand normal(int... shape) {
    return new Operand(Shape.of(shape), CounterRandom::normal);
  }

  /** Numbers in {@code [0.1, 2.1)}. */
  static Operand positive(int... shape) {
    return new Operand(Shape.of(shape), (random, i) -> 0.1 + 2 * random.uniform(i));
  }

  /** Numbers in {@code (-2, 0]}. */
  static Operand negative(int... shape) {
    return new Operand(Shape.of(shape), (random, i) -> -2 * random.uniform(i));
  }

  /** Numbers in {@code [0, 1)}, as activated gates are. */
  static Operand gate(int... shape) {
    return new Operand(Shape.of(shape), (random, i) -> random.uniform(i));
  }

  /** Zeros and ones. */
  static Operand mask(int... shape) {
    return new Operand(Shape.of(shape), (random, i) -> random.below(3, i) > 0 ? 1 : 0);
  }

  /** Token ids. */
  static Operand ids(int vocabulary, int... shape) {
    return new Operand(Shape.of(shape), (random, i) -> random.below(vocabulary, i));
  }

  /** Given numbers, over and over. */
  static Operand given(double... values) {
    return new Operand(Shape.of(values.length), (random, i) -> values[i % values.length]);
  }

  /** One given number. */
  static Operand scalar(double value) {
    return new Operand(Shape.SCALAR, (random, i) -> value);
  }

  @Override
  public String toString() {
    return op + " of " + operands.stream().map(o -> o.shape().toString()).toList();
  }
}
