package seqmark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import seqmark.harness.Experiment;
import seqmark.harness.Interval;
import seqmark.harness.TrialResult;
import seqmark.harness.TrialResult.AttentionMap;
import seqmark.harness.TrialResult.Bucket;
import seqmark.harness.TrialResult.CurvePoint;
import seqmark.harness.TrialResult.Sample;
import seqmark.harness.TrialResult.Status;

/** Results as a real run would give them, made up from a few curves. */
final class SyntheticExperiment {
  private static final List<String> MODELS =
      List.of("rnn-seq2seq", "lstm-seq2seq", "bahdanau", "luong (score general)");
  private static final List<Double> ERRORS = List.of(0.52, 0.335, 0.258, 0.262);
  private static final List<List<String>> WORDS =
      List.of(
          List.of(
              "U N C H A R A C T E R I S T I C A L L Y", "AH N K EH R IH K T ER IH S T IH K L IY"),
          List.of("A N E S T H E S I O L O G I S T", "AE N AH S TH IY Z IY AA L AH JH IH S T"),
          List.of("R E C O M M E N D A T I O N S", "R EH K AH M AH N D EY SH AH N Z"),
          List.of("K N O W L E D G E A B L E", "N AA L IH JH AH B AH L"),
          List.of("S H O R T", "SH AO R T"));

  private SyntheticExperiment() {}

  /** Four models, two tasks, three seeds; one trial diverged, one failed. */
  static Experiment full() {
    List<TrialResult> trials = new ArrayList<>();
    for (String task : List.of("g2p", "reverse")) {
      for (int model = 0; model < MODELS.size(); model++) {
        for (long seed = 1; seed <= 3; seed++) {
          trials.add(trial(task, MODELS.get(model), ERRORS.get(model), seed, Map.of()));
        }
      }
    }
    trials.set(2, lost(trials.get(2), Status.DIVERGED, "loss became NaN at step 700"));
    trials.set(16, lost(trials.get(16), Status.FAILED, "No space left on device"));
    return experiment("pronunciation", trials);
  }

  /** One model, one task, one seed. */
  static Experiment smallest() {
    return experiment("tiny", List.of(trial("copy", "bahdanau", 0.25, 1, Map.of())));
  }

  /** Two settings of two models. */
  static Experiment withGrid() {
    List<TrialResult> trials = new ArrayList<>();
    for (String model : List.of("bahdanau", "luong")) {
      for (String rate : List.of("1e-3", "3e-3")) {
        for (long seed = 1; seed <= 3; seed++) {
          double error = rate.equals("1e-3") ? 0.30 : 0.26;
          trials.add(trial("g2p", model, error, seed, Map.of("train.optimizer.adamw.lr", rate)));
        }
      }
    }
    return experiment("grid", trials);
  }

  static Experiment experiment(String name, List<TrialResult> trials) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("seqmark", "0.1.0-SNAPSHOT, commit 3f1c2d9");
    provenance.put("java", "Temurin 25.0.1+8");
    provenance.put("machine", "2 × Intel Xeon 2.7 GHz, 8 GB, Linux 6.1");
    provenance.put("backend", "cpu, 2 jobs × 1 thread");
    provenance.put("finished", "2025-11-23T16:04:11Z");
    String config =
        """
        name: %s
        seeds: [1, 2, 3]
        budget: {parameters: 60000}
        train: {steps: 1500, batch: 32}
        tasks:
          - {task: g2p, train: 20000}
        """;
    return new Experiment(name, config.formatted(name), provenance, trials);
  }

  static TrialResult trial(
      String task, String model, double error, long seed, Map<String, String> setting) {
    Random random = new Random(31 * seed + model.hashCode() + task.hashCode());
    double measured = error * (1 + 0.02 * random.nextGaussian());
    boolean attends = error < 0.3;
    boolean exact = task.equals("reverse");
    double quality = exact ? Math.min(1, 1.25 - 1.5 * measured + (attends ? 0.13 : 0)) : measured;
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(exact ? "exact" : "word error", quality);
    metrics.put(exact ? "symbol error" : "phoneme error", measured / 4);
    Map<String, Boolean> higher = new LinkedHashMap<>();
    metrics.keySet().forEach(metric -> higher.put(metric, metric.equals("exact")));
    int steps = 1300 + 100 * (int) (seed % 3);
    return new TrialResult(
        task + "-" + model.replaceAll("[^a-z0-9]+", "-") + "-" + seed,
        model,
        task,
        seed,
        setting,
        Status.FINISHED,
        "",
        59_000 + model.length() * 37L,
        412_000 * (1 + (attends ? 0.7 : 0)),
        23_400_000 + 100_000L * model.length(),
        steps,
        steps - 100,
        attends ? 12_400 + 90 * seed : 21_800 + 70 * seed,
        92.4 + seed,
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c" + seed + "52",
        metrics,
        overExamples(metrics),
        higher,
        chance(metrics),
        "source length (symbols)",
        exact ? 12 : 0,
        curve(steps, quality, exact, attends, random, metrics.keySet().iterator().next()),
        buckets(metrics, error, attends, random),
        attends ? maps(random) : List.of(),
        samples(error, random));
  }

  private static Map<String, Double> chance(Map<String, Double> metrics) {
    Map<String, Double> chance = new LinkedHashMap<>();
    metrics.keySet().forEach(metric -> chance.put(metric, metric.equals("exact") ? 0.1 : 0.9));
    return chance;
  }

  private static Map<String, Interval> overExamples(Map<String, Double> metrics) {
    Map<String, Interval> intervals = new LinkedHashMap<>();
    metrics.forEach((name, value) ->
        intervals.put(
            name, new Interval(value, value * 0.97, value * 1.03, Interval.Over.EXAMPLES, 12_000)));
    return intervals;
  }

  private static List<CurvePoint> curve(
      int steps, double end, boolean exact, boolean attends, Random random, String metric) {
    List<CurvePoint> curve = new ArrayList<>();
    for (int step = 100; step <= steps; step += 100) {
      double left = Math.exp(-step / 260.0) * (1 + 0.05 * random.nextGaussian());
      double value = exact ? end * (1 - left) : end + (1 - end) * left;
      double loss = 0.12 + 3.1 * left * (attends ? 0.8 : 1) + 0.2 * (exact ? 1 - end : end);
      double seconds = step * (attends ? 0.083 : 0.052);
      curve.add(
          new CurvePoint(step, step * 210L, seconds, 0.9 * loss, loss, Map.of(metric, value)));
    }
    return curve;
  }

  private static List<Bucket> buckets(
      Map<String, Double> metrics, double error, boolean attends, Random random) {
    List<Bucket> buckets = new ArrayList<>();
    for (int length = 2; length <= 20; length++) {
      int examples = (int) (900 * Math.exp(-Math.pow((length - 7.5) / 4, 2)));
      double slope = attends ? 0.004 * length : 0.032 * length;
      Map<String, Double> values = new LinkedHashMap<>();
      for (String metric : metrics.keySet()) {
        double wrong = Math.min(1, error * (0.75 + slope) + 0.012 * random.nextGaussian());
        values.put(metric, metric.equals("exact") ? 1 - wrong : wrong);
      }
      buckets.add(new Bucket(length, examples, values, chance(values)));
    }
    return buckets;
  }

  private static List<AttentionMap> maps(Random random) {
    List<AttentionMap> maps = new ArrayList<>();
    for (List<String> word : WORDS) {
      List<String> source = List.of(word.get(0).split(" "));
      List<String> output = new ArrayList<>(Arrays.asList(word.get(1).split(" ")));
      output.add("</s>");
      double[][] weights = new double[output.size()][source.size()];
      for (int row = 0; row < weights.length; row++) {
        double centre = (row + 0.4) * source.size() / weights.length + 0.4 * random.nextGaussian();
        double sum = 0;
        for (int column = 0; column < source.size(); column++) {
          weights[row][column] = Math.exp(-Math.pow((column - centre) / 0.8, 2)) + 1e-4;
          sum += weights[row][column];
        }
        for (int column = 0; column < source.size(); column++) {
          weights[row][column] /= sum;
        }
      }
      maps.add(new AttentionMap(source, output, weights));
    }
    return maps;
  }

  private static List<Sample> samples(double error, Random random) {
    List<Sample> samples = new ArrayList<>();
    for (List<String> word : WORDS) {
      String source = word.get(0).replace(" ", "");
      boolean right = random.nextDouble() > error;
      String output = right ? word.get(1) : word.get(1).replace("AH ", "IH ") + " T";
      samples.add(new Sample(source, word.get(1), output, right));
    }
    return samples;
  }

  /** Three seeds, of which the last gathers difficulties into ranges and has every other one. */
  static Experiment withOtherRanges() {
    List<TrialResult> trials = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      trials.add(trial("g2p", "bahdanau", 0.25, seed, Map.of()));
    }
    TrialResult last = trials.get(2);
    List<Bucket> even = last.buckets().stream().filter(b -> b.difficulty() % 2 == 0).toList();
    trials.set(2, with(last, even, last.attention()));
    return experiment("ranges", trials);
  }

  /** A model that looks at sources and writes outputs of these lengths. */
  static Experiment withMaps(int... lengths) {
    List<AttentionMap> maps =
        Arrays.stream(lengths)
            .mapToObj(length -> {
              List<String> symbols = Collections.nCopies(length, "a");
              return new AttentionMap(symbols, symbols, new double[length][length]);
            })
            .toList();
    TrialResult trial = trial("copy", "bahdanau", 0.25, 1, Map.of());
    return experiment("maps", List.of(with(trial, trial.buckets(), maps)));
  }

  private static TrialResult with(
      TrialResult t, List<Bucket> buckets, List<AttentionMap> attention) {
    return new TrialResult(
        t.id(),
        t.model(),
        t.task(),
        t.seed(),
        t.setting(),
        t.status(),
        t.message(),
        t.parameters(),
        t.flopsPerToken(),
        t.peakBytes(),
        t.steps(),
        t.bestStep(),
        t.trainTokensPerSecond(),
        t.trainSeconds(),
        t.dataHash(),
        t.weightsHash(),
        t.metrics(),
        t.intervals(),
        t.higherIsBetter(),
        t.chance(),
        t.difficulty(),
        t.shared(),
        t.curve(),
        buckets,
        attention,
        t.samples());
  }

  private static TrialResult lost(TrialResult t, Status status, String message) {
    return new TrialResult(
        t.id(),
        t.model(),
        t.task(),
        t.seed(),
        t.setting(),
        status,
        message,
        t.parameters(),
        t.flopsPerToken(),
        t.peakBytes(),
        700,
        0,
        t.trainTokensPerSecond(),
        38.1,
        t.dataHash(),
        "",
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        "",
        0,
        t.curve().subList(0, 6),
        List.of(),
        List.of(),
        List.of());
  }
}
