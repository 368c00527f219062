package seqmark.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracles that tasks are tested with know the examples that the tasks are published with. */
class ChomskyOracleTest {
  @ParameterizedTest
  @CsvSource({
    "EVEN_PAIRS, 001110, 0",
    "EVEN_PAIRS, 0101001, 1",
    "PARITY_CHECK, 1010100, 1",
    "PARITY_CHECK, 01111, 0",
    "CYCLE_NAVIGATION, +-0--, 3",
    "CYCLE_NAVIGATION, +++-, 2",
    "MODULAR_ARITHMETIC_SIMPLE, 1+2*3, 2",
    "MODULAR_ARITHMETIC_SIMPLE, 1-1-1, 4",
    "MODULAR_ARITHMETIC_SIMPLE, 0*1+4*3-2, 0",
    "STACK_MANIPULATION, 0 1 1 0 push-1 pop pop, 110.",
    "STACK_MANIPULATION, 1 1 0 pop pop pop, .",
    "STACK_MANIPULATION, 1 pop pop push-0, 0.",
    "REVERSE_STRING, 011010, 010110",
    "MODULAR_ARITHMETIC, ((1-(-3))*(2+4)), 4",
    "SOLVE_EQUATION, ((-x)-3)=1, 1",
    "DUPLICATE_STRING, 101, 101101",
    "MISSING_DUPLICATE, 01100?10, 1",
    "MISSING_DUPLICATE, 1011?1_, 0",
    "ODDS_FIRST, 00110101, 01000111",
    "ODDS_FIRST, 110, 101",
    "BINARY_ADDITION, 001+01101, 01011.",
    "BINARY_ADDITION, 1001+000001, 100101.",
    "BINARY_MULTIPLICATION, 001*01101, 0001101.",
    "BINARY_MULTIPLICATION, 1001*000001, 000001001.",
    "COMPUTE_SQRT, 100101, 110",
    "COMPUTE_SQRT, 111, 10",
    "BUCKET_SORT, 10204112, 00111224"
  })
  void theirPublishedExamples(ChomskyOracle oracle, String source, String answer) {
    assertEquals(answer, oracle.answer(source));
  }
}
