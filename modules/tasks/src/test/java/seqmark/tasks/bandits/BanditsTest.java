package seqmark.tasks.bandits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class BanditsTest {
  @Test
  void armsPayAsOftenAsTheirChanceSays() {
    Bandit bandit = new Bandit(5, CounterRandom.seeded(1));
    for (int arm = 0; arm < bandit.arms(); arm++) {
      int paid = 0;
      for (int i = 0; i < 10_000; i++) {
        paid += bandit.pull(arm) ? 1 : 0;
      }
      assertEquals(bandit.chance(arm), paid / 10_000.0, 0.02);
    }
    assertEquals(50_000, bandit.pulls());
  }

  @Test
  void chancesAreUniform() {
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      double chance = new Bandit(3, CounterRandom.seeded(seed)).chance(1);
      sum += chance;
      squares += chance * chance;
    }
    assertEquals(1 / 2.0, sum / 2_000, 0.03);
    assertEquals(1 / 3.0, squares / 2_000, 0.03);
  }

  @Property(tries = 200)
  void theBestArmsAreThoseOfTheHighestMean(
      @ForAll @IntRange(min = 1, max = 8) int arms, @ForAll long seed) {
    CounterRandom random = CounterRandom.seeded(seed);
    Posterior posterior = new Posterior(arms);
    for (int i = 0; i < 20; i++) {
      posterior.observe(random.below(arms, 2 * i), random.below(2, 2 * i + 1) == 0);
    }
    double highest = 0;
    for (int arm = 0; arm < arms; arm++) {
      highest = Math.max(highest, posterior.mean(arm));
    }
    int[] best = posterior.best();
    int at = 0;
    for (int arm = 0; arm < arms; arm++) {
      if (posterior.mean(arm) == highest) {
        assertEquals(arm, best[at++]);
      }
    }
    assertEquals(best.length, at);
  }

  @Test
  void allArmsAreBestBeforeTheFirstPull() {
    assertArrayEquals(new int[] {0, 1, 2}, new Posterior(3).best());
  }

  /** Nobody gains by preferring an arm's number: machines do not. */
  @ParameterizedTest
  @EnumSource
  void answersAreSpreadOverTheArms(Policy policy) {
    Task task = task(new Bandits.Config(4, 40, policy, 4_000, 10, 10));
    int[] counts = new int[4];
    for (int i = 0; i < 4_000; i++) {
      Example e = task.example(Split.TRAIN, i);
      assertArrayEquals(new int[] {40}, e.asked());
      if (e.references().size() == 1) {
        counts[e.target()[0] - Tokens.FIRST]++;
      }
    }
    for (int count : counts) {
      assertTrue(850 < count && count < 1_050, "an arm was best " + count + " times");
    }
  }

  @Test
  void theGreedyPullTheBestArmMoreOften() {
    assertTrue(earned(Policy.EPSILON_GREEDY) > 1.2 * earned(Policy.RANDOM));
  }

  private static double earned(Policy policy) {
    Task task = task(new Bandits.Config(5, 100, policy, 200, 10, 10));
    double earned = 0;
    for (int i = 0; i < 200; i++) {
      for (int id : task.example(Split.TRAIN, i).source()) {
        earned += task.source().symbol(id).endsWith("+") ? 1 : 0;
      }
    }
    return earned;
  }

  private static Task task(Bandits.Config config) {
    return new Bandits().create(config, 1, Path.of("."));
  }

  @Test
  void snailHasTenSettings() {
    List<String> snail =
        new Bandits().presets().keySet().stream().filter(n -> n.startsWith("snail-")).toList();
    assertEquals(10, snail.size());
    Bandits.Config last = new Bandits().presets().get("snail-50-1000");
    assertEquals(50, last.arms());
    assertEquals(1_000, last.pulls());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10, 'arms is 1, expected 2 to 1000'",
    "5, 3, 'pulls is 3, expected 4 to 100000'",
  })
  void parametersThatCannotBe(int arms, int pulls, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Bandits.Config(arms, pulls, Policy.RANDOM, 10, 10, 10));
    assertEquals(message, e.getMessage());
  }
}
