package seqmark.tasks.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Vocabulary;

class MetricsTest {
  private static double score(Metric metric, Example example, int... output) {
    double[] sums = new double[metric.terms()];
    metric.count(example, Answer.of(output), sums);
    return metric.value(sums);
  }

  @Property
  void editDistanceIsAMetric(
      @ForAll @Size(max = 8) int @IntRange(max = 3) [] a,
      @ForAll @Size(max = 8) int @IntRange(max = 3) [] b,
      @ForAll @Size(max = 8) int @IntRange(max = 3) [] c) {
    int ab = EditError.distance(a, b);
    assertEquals(ab, EditError.distance(b, a));
    assertEquals(ab == 0, Arrays.equals(a, b));
    assertTrue(ab <= EditError.distance(a, c) + EditError.distance(c, b));
    assertTrue(Math.abs(a.length - b.length) <= ab && ab <= Math.max(a.length, b.length));
  }

  @Test
  void bitsAreTheLogarithmToTheBaseOfTwo() {
    Metric metric = new BitsPerCharacter("bits per character");
    assertTrue(metric.needsLikelihood());
    double[] sums = new double[metric.terms()];
    Example two = Example.of(new int[] {3}, new int[] {4, 4});
    Example six = Example.of(new int[] {3}, new int[] {4, 4, 4, 4, 4, 4});
    metric.count(two, new Answer(new int[0], 2 * Math.log(8)), sums);
    metric.count(six, new Answer(new int[0], 6 * Math.log(2)), sums);
    assertEquals((2 * 3 + 6 * 1) / 8.0, metric.value(sums), 1e-12, "over all characters alike");
  }

  @Test
  void anyReferenceIsRight() {
    int[] first = {3, 4, 5};
    int[] second = {3, 4, 6, 7};
    Example example = new Example(new int[] {3}, first, List.of(first, second));
    assertEquals(1, score(Exact.accuracy("exact"), example, second));
    assertEquals(0, score(Exact.error("word error"), example, second));
    assertEquals(1, score(Exact.error("word error"), example, 3, 4, 6));
    assertEquals(1 / 4.0, score(new EditError("phoneme error"), example, 3, 4, 7, 7));
  }

  @Test
  void tokenAccuracyCountsWhatIsMissingAndWhatIsTooMuch() {
    Example example = Example.of(new int[] {3}, new int[] {3, 4, 5, 6});
    TokenAccuracy metric = new TokenAccuracy("token accuracy");
    assertEquals(0.75, score(metric, example, 3, 4, 7, 6));
    assertEquals(0.5, score(metric, example, 3, 4));
    assertEquals(0.8, score(metric, example, 3, 4, 5, 6, 7));
  }

  @Test
  void meanAccuracyWeighsAllExamplesTheSame() {
    MeanAccuracy metric = new MeanAccuracy("accuracy");
    double[] sums = new double[metric.terms()];
    metric.count(Example.of(new int[] {3}, new int[] {3, 4, 5, 6}), Answer.of(3, 4, 7), sums);
    metric.count(Example.of(new int[] {3}, new int[] {3}), Answer.of(3), sums);
    metric.count(Example.of(new int[] {3}, new int[] {3}), Answer.of(3, 3, 3, 3), sums);
    assertEquals((0.5 + 1 + 0.25) / 3, metric.value(sums));
  }

  /** Expected values: sacreBLEU 2.6.0, BLEU(tokenize="none", smooth_method="none") and CHRF(). */
  @Test
  void bleuAndChrFAreThoseOfSacreBleu() {
    List<String> outputs =
        List.of(
            "the cat sat on the mat",
            "a small dog runs home now",
            "über den wolken muss die freiheit wohl grenzenlos sein");
    List<String> first =
        List.of(
            "the cat is sitting on the mat",
            "a small dog runs home today",
            "über den wolken muss die freiheit grenzenlos sein");
    List<String> second =
        List.of(
            "a cat sat upon the mat",
            "the little dog is running home now",
            "über den wolken ist die freiheit grenzenlos");
    check(outputs, List.of(first), 0.6090148549169043, 0.770710192590783);
    check(outputs, List.of(first, second), 0.6480436139379881, 0.8166116074076477);
    check("a b c", "a b c", 0, 1);
    check("the cat sat on", "the cat sat on the mat", 0.6065306597126336, 0.6334974535203515);
    check("x y z w", "a b c d", 0, 0);
    check(
        List.of("the the the the the the the", "the cat sat on the mat"),
        List.of(List.of("the cat is on the mat", "the cat sat on the mat")),
        0.4804422172878307,
        0.5711967814080422);
  }

  private static void check(String output, String reference, double bleu, double chrF) {
    check(List.of(output), List.of(List.of(reference)), bleu, chrF);
  }

  private static void check(
      List<String> outputs, List<List<String>> references, double bleu, double chrF) {
    Vocabulary words = words(outputs, references);
    for (Metric metric : List.of(new Bleu("BLEU"), new ChrF("chrF", words))) {
      double[] sums = new double[metric.terms()];
      for (int i = 0; i < outputs.size(); i++) {
        int line = i;
        List<int[]> right = references.stream().map(r -> words.ids(r.get(line))).toList();
        Example example = new Example(new int[] {3}, right.getFirst(), right);
        metric.count(example, Answer.of(words.ids(outputs.get(i))), sums);
      }
      assertEquals(metric.name().equals("BLEU") ? bleu : chrF, metric.value(sums), 1e-12);
    }
  }

  private static Vocabulary words(List<String> outputs, List<List<String>> references) {
    return new Vocabulary(
        Stream.concat(outputs.stream(), references.stream().flatMap(List::stream))
            .flatMap(line -> Stream.of(line.split(" ")))
            .distinct()
            .toList(),
        " ");
  }
}
