package seqmark.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import seqmark.compute.CounterRandom;

class ExponentTest {
  @Property
  void findsThePowerOfAPower(
      @ForAll @DoubleRange(min = -1, max = 3) double power,
      @ForAll @DoubleRange(min = 0.01, max = 1e9) double factor,
      @ForAll @IntRange(min = 2, max = 8) int lengths) {
    Map<Integer, Double> costs = new TreeMap<>();
    for (int i = 1; i <= lengths; i++) {
      costs.put(8 * i, factor * Math.pow(8 * i, power));
    }
    Exponent fitted = Exponent.of(costs).orElseThrow();
    assertEquals(power, fitted.value(), 1e-9);
    assertEquals(fitted.value(), fitted.low(), 1e-6);
    assertEquals(lengths, fitted.lengths());
  }

  /** Of 95% intervals some must miss, and not many more than 5 in 100. */
  @Test
  void itsIntervalHoldsTheTruthAsOftenAsItSays() {
    int held = 0;
    int trials = 2_000;
    for (int trial = 0; trial < trials; trial++) {
      CounterRandom noise = CounterRandom.seeded(trial);
      Map<Integer, Double> costs = new TreeMap<>();
      for (int i = 0; i < 5; i++) {
        int n = 16 << i;
        costs.put(n, Math.pow(n, 1.5) * Math.exp(0.2 * noise.normal(i)));
      }
      Exponent fitted = Exponent.of(costs).orElseThrow();
      held += fitted.low() <= 1.5 && 1.5 <= fitted.high() ? 1 : 0;
    }
    assertEquals(0.95, (double) held / trials, 0.015);
  }

  @Test
  void oneLengthHasNoPower() {
    assertEquals(Optional.empty(), Exponent.of(Map.of(8, 1.0)));
    assertTrue(Exponent.of(Map.of(8, 1.0, 16, 2.0)).isPresent());
  }
}
