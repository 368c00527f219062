package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThroughputTest {
  @Test
  void leavesOutTheFirstFiveSeconds() {
    Throughput throughput = new Throughput(0, 0);
    add(throughput, 10, 0.5, 1); // 5 s of warm-up at 2 a second
    add(throughput, 100, 0.5, 50); // then 100 a second
    assertEquals(100, throughput.tokensPerSecond(), 1e-9);
    assertEquals(50, throughput.seconds(), 1e-9);
    assertEquals(5_000, throughput.tokens());
  }

  @Test
  void leavesOutTheFirstHalfOfAShortRun() {
    Throughput throughput = new Throughput(0, 0);
    add(throughput, 4, 0.5, 1);
    add(throughput, 4, 0.5, 50);
    assertEquals(100, throughput.tokensPerSecond(), 1e-9);
  }

  @Test
  void addsToWhatEarlierProcessesMeasured() {
    Throughput throughput = new Throughput(10, 1_000);
    assertEquals(100, throughput.tokensPerSecond(), 1e-9);
    add(throughput, 10, 0.5, 1);
    add(throughput, 20, 0.5, 100);
    assertEquals((1_000 + 2_000) / 20.0, throughput.tokensPerSecond(), 1e-9);
  }

  @Test
  void isZeroBeforeTheFirstStep() {
    assertEquals(0, new Throughput(0, 0).tokensPerSecond());
  }

  private static void add(Throughput throughput, int steps, double seconds, int tokens) {
    for (int i = 0; i < steps; i++) {
      throughput.add(seconds, tokens);
    }
  }
}
