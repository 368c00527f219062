package seqmark.nn.train;

import static seqmark.compute.Ops.crossEntropy;
import static seqmark.compute.Ops.sum;

import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;

/** The loss of a model on batches, without dropout, label smoothing or update. */
public final class Evaluation {
  private static final int SHAPES = 512;

  private final SequenceModel model;
  private final Session session;
  private final ProgramCache<Extents, Compiled> programs =
      new ProgramCache<>(SHAPES, this::compile);

  /**
   * A sum over tokens, to be added up over batches.
   *
   * @param nats the negative log-likelihood of all target tokens, end tokens included
   * @param tokens how many they are
   */
  public record Loss(double nats, long tokens) {
    /** Of nothing. */
    public static final Loss NONE = new Loss(0, 0);

    /** Of both together. */
    public Loss plus(Loss other) {
      return new Loss(nats + other.nats, tokens + other.tokens);
    }

    /** Nats per token. */
    public double perToken() {
      return nats / tokens;
    }
  }

  private record Compiled(Program program, BatchWriter writer, Value losses, Value nats) {}

  /** Prepares evaluation with a session's parameters; nothing is traced yet. */
  public Evaluation(SequenceModel model, Session session) {
    this.model = model;
    this.session = session;
  }

  /** The loss on one batch, ids without special tokens. */
  public Loss loss(Sources sources, int[][] targets) {
    Compiled c = programs.get(Extents.of(model, sources, targets));
    int tokens = c.writer().write(c.program(), sources, targets);
    c.program().run();
    return new Loss(c.program().scalar(c.nats()), tokens);
  }

  /**
   * The negative log-likelihood of each target of a batch, in nats, end tokens left out.
   *
   * @param sources ids without special tokens
   * @param targets ids without special tokens
   */
  public double[] nats(Sources sources, int[][] targets) {
    Extents extents = Extents.of(model, sources, targets);
    Compiled c = programs.get(extents);
    c.writer().write(c.program(), sources, targets);
    c.program().run();
    float[] losses = new float[c.losses().shape().size()];
    c.program().read(c.losses(), losses);
    double[] nats = new double[targets.length];
    for (int b = 0; b < nats.length; b++) {
      // Labels stand at the positions that are asked, the rest is masked and so 0.
      int counted = extents.labels() ? extents.predicted() : targets[b].length;
      for (int t = 0; t < counted; t++) {
        nats[b] += losses[b * extents.predicted() + t];
      }
    }
    return nats;
  }

  private Compiled compile(Extents e) {
    Graph g = new Graph(false);
    Batch batch = e.inputs(g);
    Value losses =
        g.output(crossEntropy(e.logits(model, g, batch), batch.target(), batch.mask(), 0));
    Value nats = g.output(sum(losses));
    return new Compiled(session.compile(g), new BatchWriter(batch, e.labels()), losses, nats);
  }
}
