package seqmark.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import seqmark.harness.TrialResult.AttentionMap;
import seqmark.harness.TrialResult.Bucket;
import seqmark.harness.TrialResult.Sample;
import seqmark.nn.Tokens;
import seqmark.nn.decode.Generated;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

/**
 * What the test set says of a trial's best weights.
 *
 * @param weightsHash SHA-256 of the weights' bits, hexadecimal
 * @param metrics by name, the task's first metric first
 * @param intervals by a bootstrap over examples
 * @param higherIsBetter for each metric
 * @param chance what guessing scores, for each metric
 * @param difficulty what buckets are sorted by
 * @param shared how many test examples have a source that training shows too
 * @param buckets by difficulty
 * @param attention of a few examples, the same for all models
 * @param samples of a few examples, the same for all models
 */
record TestResult(
    String weightsHash,
    Map<String, Double> metrics,
    Map<String, Interval> intervals,
    Map<String, Boolean> higherIsBetter,
    Map<String, Double> chance,
    String difficulty,
    int shared,
    List<Bucket> buckets,
    List<AttentionMap> attention,
    List<Sample> samples) {
  private static final int SAMPLES = 20;
  private static final int MAPS = 8;

  /** Measures the present weights, of this hash, on the test set. */
  static TestResult of(Corpus corpus, Evaluator evaluator, String weightsHash) {
    Part examples = corpus.of(Split.TEST);
    List<Generated> outputs = evaluator.test();
    Scores scores = new Scores(corpus.task(), examples, evaluator.answers(examples, outputs));
    Scores guesses = Guesses.of(corpus);
    List<Integer> positions = IntStream.range(0, examples.size()).boxed().toList();
    return new TestResult(
        weightsHash,
        scores.metrics(),
        scores.intervals(),
        scores.higherIsBetter(),
        guesses.metrics(),
        corpus.task().difficulty().name(),
        corpus.shared(),
        buckets(scores, guesses),
        mapped(examples).stream()
            .filter(i -> outputs.get(i).attention().isPresent())
            .map(i -> map(corpus.task(), examples.get(i).source(), outputs.get(i)))
            .toList(),
        Evaluator.spread(positions, SAMPLES).stream()
            .map(i -> sample(corpus.task(), examples.get(i), outputs.get(i).tokens()))
            .toList());
  }

  private static List<Bucket> buckets(Scores scores, Scores guesses) {
    Map<Integer, Bucket> chances = guesses.buckets();
    return scores.buckets().values().stream()
        .map(b ->
            new Bucket(
                b.difficulty(), b.examples(), b.metrics(), chances.get(b.difficulty()).metrics()))
        .toList();
  }

  /** Examples to draw: from the median length, where there is something to see, to long ones. */
  private static List<Integer> mapped(Part examples) {
    List<Integer> byLength = Arrays.stream(examples.byLength()).boxed().toList();
    int from = byLength.size() / 2;
    int to = Math.max(from + 1, byLength.size() * 99 / 100);
    return Evaluator.spread(byLength.subList(from, to), MAPS);
  }

  /** Where a model looked, with symbols on the axes. */
  static AttentionMap map(Task task, int[] source, Generated generated) {
    float[][] weights = generated.attention().orElseThrow();
    List<String> output = new ArrayList<>();
    for (int token : generated.tokens()) {
      output.add(task.target().symbol(token));
    }
    if (weights.length > output.size()) {
      output.add(task.target().symbol(Tokens.EOS));
    }
    return new AttentionMap(
        IntStream.of(source).mapToObj(task.source()::symbol).toList(),
        output,
        Arrays.stream(weights).map(TestResult::doubles).toArray(double[][]::new));
  }

  private static double[] doubles(float[] floats) {
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  private static Sample sample(Task task, Example example, int[] output) {
    return new Sample(
        task.source().text(example.source()),
        task.target().text(example.target()),
        task.target().text(output),
        example.references().stream().anyMatch(r -> Arrays.equals(r, output)));
  }
}
