package seqmark.benchmarks;

import java.util.Arrays;
import seqmark.compute.Session;
import seqmark.harness.Registry;
import seqmark.model.attention.Bahdanau;
import seqmark.model.attention.BahdanauConfig;
import seqmark.model.recurrent.Seq2Seq;
import seqmark.model.recurrent.Seq2SeqConfig;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;
import seqmark.nn.Tokens;
import seqmark.nn.layer.Cell;
import seqmark.nn.train.AdamW;
import seqmark.nn.train.Evaluation;
import seqmark.nn.train.Footprint;
import seqmark.nn.train.Recipe;
import seqmark.nn.train.Schedule;
import seqmark.nn.train.TrainingStep;

/** Training a model on full-length batches of random tokens, the same that the peers train on. */
final class Workload implements AutoCloseable {
  private static final int BATCHES = 32;

  private final Session session;
  private final TrainingStep training;
  private final Evaluation evaluation;
  private final Extents extents;
  private final int[][][] sources = new int[BATCHES][][];
  private final int[][][] targets = new int[BATCHES][][];
  private int step;

  /**
   * The extents of model and data.
   *
   * @param hidden width of the model
   * @param embedding width of embeddings
   * @param vocabulary source and target ids, special tokens included
   * @param batch sequences per step
   * @param source length of sources
   * @param target length of targets, the end token included
   */
  record Extents(int hidden, int embedding, int vocabulary, int batch, int source, int target) {
    /** The setting that all speed figures use where they say nothing else. */
    static final Extents USUAL = new Extents(128, 64, 64, 32, 32, 32);
  }

  /** Prepares a model, by its id, on the CPU. */
  Workload(String model, Extents e, int threads) {
    SequenceModel built = model(model, e);
    extents = e;
    session = Registry.builtIn().backend("cpu").open(1, threads);
    Recipe recipe = new Recipe(AdamW.of(1e-4, 0.01), new Schedule.Constant(), 1, 0, 1);
    training = new TrainingStep(built, session, recipe);
    evaluation = new Evaluation(built, session);
    Congruence random = new Congruence();
    for (int i = 0; i < BATCHES; i++) {
      sources[i] = random.tokens(e.batch(), e.source(), e.vocabulary());
      targets[i] = random.tokens(e.batch(), e.target() - 1, e.vocabulary());
    }
  }

  private static SequenceModel model(String id, Extents e) {
    Problem problem = Problem.of(e.vocabulary(), e.vocabulary(), e.source(), e.target());
    return switch (id) {
      case "lstm-seq2seq" ->
          new Seq2Seq(
              Cell.Kind.LSTM,
              new Seq2SeqConfig(e.hidden(), e.embedding(), 1, false, 0, false),
              problem);
      case "bahdanau" ->
          new Bahdanau(
              new BahdanauConfig(e.hidden(), e.embedding(), 0, 1, Cell.Kind.LSTM, 0), problem);
      default ->
          throw new IllegalArgumentException(
              "unknown model '" + id + "'; known: lstm-seq2seq, bahdanau");
    };
  }

  /** The generator of peers/train_step.py. */
  private static final class Congruence {
    private long state = 1;

    int[][] tokens(int batch, int length, int vocabulary) {
      int[][] tokens = new int[batch][length];
      for (int[] row : tokens) {
        Arrays.setAll(row, i -> next(vocabulary));
      }
      return tokens;
    }

    private int next(int vocabulary) {
      state = (1103515245 * state + 12345) % (1L << 31);
      return Tokens.FIRST + (int) ((state >> 8) % (vocabulary - Tokens.FIRST));
    }
  }

  /** Trains once, going round the batches, and returns the loss in nats per token. */
  double step() {
    int i = step % BATCHES;
    return training.run(step++, Sources.of(sources[i]), targets[i]).loss();
  }

  /** The loss on the first batch in nats per token. */
  double loss() {
    return evaluation.loss(Sources.of(sources[0]), targets[0]).perToken();
  }

  /** Compiles the training step, so that the session has all its values. */
  Footprint footprint() {
    return training.footprint(
        new seqmark.nn.train.Extents(extents.batch(), extents.source(), extents.target()));
  }

  /** Where the weights are. */
  Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
  }
}
