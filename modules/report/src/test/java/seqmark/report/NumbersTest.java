package seqmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void counts() {
    assertEquals("0", Numbers.count(0));
    assertEquals("7", Numbers.count(7));
    assertEquals("0.500", Numbers.count(0.5));
    assertEquals("950", Numbers.count(950));
    assertEquals("1.00k", Numbers.count(999.7));
    assertEquals("60.0k", Numbers.count(60_013));
    assertEquals("1.02M", Numbers.count(1_020_000));
    assertEquals("3.20G", Numbers.count(3.2e9));
  }

  @Test
  void bytes() {
    assertEquals("512 B", Numbers.bytes(512));
    assertEquals("23.4 MB", Numbers.bytes(23_400_000));
  }

  @Test
  void percentages() {
    assertEquals("26.3%", Numbers.percent(0.2634));
    assertEquals("0.42%", Numbers.percent(0.0042));
    assertEquals("99.87%", Numbers.percent(0.9987));
    assertEquals("100%", Numbers.percent(1));
    assertEquals("0%", Numbers.percent(0));
    assertEquals("131.0%", Numbers.percent(1.31));
  }

  @Test
  void durations() {
    assertEquals("8.3 s", Numbers.duration(8.31));
    assertEquals("1 min 00 s", Numbers.duration(59.99));
    assertEquals("4 min 05 s", Numbers.duration(245));
    assertEquals("1 h 12 min", Numbers.duration(4321));
  }
}
