package seqmark.benchmarks;

import java.util.Arrays;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.harness.Registry;
import seqmark.nn.Batch;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;
import seqmark.nn.Tokens;
import seqmark.nn.decode.Generated;
import seqmark.nn.decode.Generator;
import seqmark.nn.decode.Search;
import seqmark.nn.train.AdamW;
import seqmark.nn.train.Evaluation;
import seqmark.nn.train.Extents;
import seqmark.nn.train.Recipe;
import seqmark.nn.train.Schedule;
import seqmark.nn.train.TrainingStep;

/** A model on full-length batches of random tokens, the same that the peers compute on. */
final class Workload implements AutoCloseable {
  /** Distinct batches; training goes round them. */
  static final int BATCHES = 32;

  /** Distinct sources of generation, the first of the first batch. */
  static final int STREAMS = 8;

  private final Setup setup;
  private final SequenceModel model;
  private final Session session;
  private final TrainingStep training;
  private final Evaluation evaluation;
  private final Generator generator;
  private final int[][][] sources = new int[BATCHES][][];
  private final int[][][] targets = new int[BATCHES][][];
  private int step;

  /** Prepares a model, by its id, on the CPU. */
  Workload(String id, int threads) {
    setup = Setup.of(id);
    model = setup.model(id);
    session = Registry.builtIn().backend("cpu").open(setup.seed(), threads);
    Recipe recipe = new Recipe(AdamW.of(1e-4, 0.01), new Schedule.Constant(), 0, 0, 1);
    training = new TrainingStep(model, session, recipe);
    evaluation = new Evaluation(model, session);
    generator = Generator.blind(model, session, Search.greedy(setup.longest()));
    Congruence random = new Congruence();
    for (int i = 0; i < BATCHES; i++) {
      sources[i] = random.tokens(setup.batch(), setup.source(), setup.vocabulary());
      targets[i] = random.tokens(setup.batch(), setup.longest(), setup.vocabulary());
    }
  }

  /** The generator of peers/worker.py. */
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

  /** The loss on a batch in nats per token. */
  double loss(int batch) {
    int i = batch % BATCHES;
    return evaluation.loss(Sources.of(sources[i]), targets[i]).perToken();
  }

  /** What the model writes, most likely token by token, behind one source. */
  Generated generate(int stream) {
    return generator.generate(Sources.of(sources[0][stream % STREAMS])).getFirst();
  }

  /** Target tokens of a batch. */
  int tokensPerBatch() {
    return setup.batch() * setup.target();
  }

  /** Compiles the training step, so that the session has all its values; the trained ones. */
  List<Value> parameters() {
    training.footprint(extents());
    Graph g = new Graph(false);
    model.logits(g, Batch.inputs(g, setup.batch(), setup.source(), setup.target(), 0));
    return g.parameters();
  }

  /** What the values, gradients, inputs and scratch memory of a training step take up. */
  long stepBytes() {
    return program().arenaBytes();
  }

  /** The training step; once it was run, its runs go on with the same batch. */
  Program program() {
    return training.program(extents());
  }

  private Extents extents() {
    return new Extents(setup.batch(), setup.source(), setup.target());
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
