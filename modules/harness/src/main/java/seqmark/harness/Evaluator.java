package seqmark.harness;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import seqmark.compute.Session;
import seqmark.nn.decode.Generated;
import seqmark.nn.decode.Generator;
import seqmark.nn.train.Evaluation;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Split;

/** Loss and outputs of a trial's present weights on examples it does not train on. */
final class Evaluator {
  // Rows of a batch do not meet, so that results do not depend on it.
  private static final int BATCH = 128;

  private final Corpus corpus;
  private final BooleanSupplier stop;
  private final Evaluation evaluation;
  private final Generator greedy;
  private final Generator search;
  private final Part decoded;

  /** Prepares evaluation; {@code stop} is asked before every batch. */
  Evaluator(Prepared trial, Session session, BooleanSupplier stop) {
    this.corpus = trial.corpus();
    this.stop = stop;
    this.evaluation = new Evaluation(trial.model(), session);
    this.greedy = Generator.blind(trial.model(), session, trial.greedy());
    this.search = new Generator(trial.model(), session, trial.search());
    this.decoded =
        Part.of(spread(corpus.of(Split.VALIDATION), trial.plan().decode().validationExamples()));
  }

  /** At most {@code count} of a list, evenly over it. */
  static <T> List<T> spread(List<T> list, int count) {
    int n = Math.min(count, list.size());
    return IntStream.range(0, n)
        .mapToObj(i -> list.get((int) ((long) i * list.size() / n)))
        .toList();
  }

  /** The loss on the whole validation set, in nats per token. */
  double validationLoss() {
    Part examples = corpus.of(Split.VALIDATION);
    Evaluation.Loss sum = Evaluation.Loss.NONE;
    for (List<Integer> positions : Batches.byLength(examples, BATCH)) {
      Stopped.check(stop);
      List<Example> batch = positions.stream().map(examples::get).toList();
      sum = sum.plus(evaluation.loss(Batches.sources(batch), Batches.targets(batch)));
    }
    return sum.perToken();
  }

  /** Greedy outputs on as many validation examples as the config allows, measured. */
  Scores validation() {
    return new Scores(corpus.task(), decoded, answers(decoded, outputs(greedy, decoded)));
  }

  /** Outputs of the configured search on the whole test set. */
  List<Generated> test() {
    return outputs(search, corpus.of(Split.TEST));
  }

  /** Outputs with all that metrics look at. */
  List<Answer> answers(Part examples, List<Generated> outputs) {
    boolean needed = corpus.task().metrics().stream().anyMatch(Metric::needsLikelihood);
    double[] nats = needed ? nats(examples) : new double[0];
    return IntStream.range(0, outputs.size())
        .mapToObj(i -> new Answer(outputs.get(i).tokens(), needed ? nats[i] : Double.NaN))
        .toList();
  }

  private double[] nats(Part examples) {
    double[] nats = new double[examples.size()];
    for (List<Integer> positions : Batches.byLength(examples, BATCH)) {
      Stopped.check(stop);
      List<Example> batch = positions.stream().map(examples::get).toList();
      double[] some = evaluation.nats(Batches.sources(batch), Batches.targets(batch));
      for (int i = 0; i < some.length; i++) {
        nats[positions.get(i)] = some[i];
      }
    }
    return nats;
  }

  private List<Generated> outputs(Generator generator, Part examples) {
    Generated[] outputs = new Generated[examples.size()];
    for (List<Integer> positions : Batches.byLength(examples, BATCH)) {
      Stopped.check(stop);
      List<Example> batch = positions.stream().map(examples::get).toList();
      List<Generated> generated = generator.generate(Batches.sources(batch));
      for (int i = 0; i < positions.size(); i++) {
        outputs[positions.get(i)] = generated.get(i);
      }
    }
    return List.of(outputs);
  }
}
