package seqmark.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {
  @Test
  void theIntervalOfTheReciprocalIsTheIntervalUpsideDown() {
    Estimate nanos = Estimate.of(List.of(100.0, 150.0, 400.0));
    Estimate rate = nanos.perSecond(8);
    assertEquals(8e9 / nanos.mean(), rate.mean(), 1e-3);
    assertEquals(8e9 / nanos.high(), rate.low(), 1e-3);
    assertEquals(8e9 / nanos.low(), rate.high(), 1e-3);
  }

  /** log 1 = 0, log e² = 2: mean 1, standard error 1, and t of one degree of freedom is 12.706. */
  @Test
  void isStudentsIntervalOfLogarithms() {
    Estimate e = Estimate.of(List.of(1.0, Math.exp(2)));
    assertEquals(Math.E, e.mean(), 1e-9);
    assertEquals(1 - 12.706, Math.log(e.low()), 1e-9);
    assertEquals(1 + 12.706, Math.log(e.high()), 1e-9);
    assertEquals(2, e.count());
  }

  /** Half-widths of 3 and 4 on logarithms are one of 5. */
  @Test
  void theIntervalOfARatioIsWiderThanEither() {
    Estimate a = new Estimate(6, 6 * Math.exp(-3), 6 * Math.exp(3), 9);
    Estimate b = new Estimate(2, 2 * Math.exp(-4), 2 * Math.exp(4), 5);
    Estimate ratio = a.over(b);
    assertEquals(3, ratio.mean(), 1e-12);
    assertEquals(3 * Math.exp(-5), ratio.low(), 1e-9);
    assertEquals(3 * Math.exp(5), ratio.high(), 1e-9);
    assertEquals(5, ratio.count());
  }

  @Test
  void aSingleValueHasNoSpread() {
    assertEquals(new Estimate(3, 3, 3, 1), rounded(Estimate.of(List.of(3.0))));
  }

  private static Estimate rounded(Estimate e) {
    return new Estimate(Math.rint(e.mean()), Math.rint(e.low()), Math.rint(e.high()), e.count());
  }
}
