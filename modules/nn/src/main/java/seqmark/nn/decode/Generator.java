package seqmark.nn.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import seqmark.compute.Session;
import seqmark.nn.Labeller;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;
import seqmark.nn.train.ProgramCache;

/**
 * Outputs of a model by beam search, many sources at a time. A search ends when no hypothesis can
 * beat the best one that has ended, or at the longest output allowed.
 */
public final class Generator {
  private static final int SHAPES = 64;

  private record Extents(int batch, int length, int features) {}

  private record Programs(BeginProgram begin, StepProgram step) {}

  private final SequenceModel model;
  private final Session session;
  private final Search search;
  private final boolean showing;
  private final ProgramCache<Extents, Programs> programs =
      new ProgramCache<>(SHAPES, this::compile);
  private final ProgramCache<Extents, LabelProgram> labels =
      new ProgramCache<>(SHAPES, this::compileLabels);

  /** Prepares generation with a session's parameters; nothing is traced yet. */
  public Generator(SequenceModel model, Session session, Search search) {
    this(model, session, search, true);
  }

  private Generator(SequenceModel model, Session session, Search search, boolean showing) {
    this.model = model;
    this.session = session;
    this.search = search;
    this.showing = showing;
  }

  /** The same for outputs of which nobody asks where the model looked; some models are faster. */
  public static Generator blind(SequenceModel model, Session session, Search search) {
    return new Generator(model, session, search, false);
  }

  /**
   * The best output for every source, in their order: a label at each position that is asked, if
   * there are such positions and the model is a {@link Labeller}, otherwise what it writes.
   */
  public List<Generated> generate(Sources sources) {
    if (sources.count() == 0) {
      return List.of();
    }
    Extents extents = new Extents(sources.count(), sources.longest(), sources.width());
    if (model instanceof Labeller && !sources.asked().isEmpty()) {
      return labels(labels.get(extents), sources);
    }
    Programs p = programs.get(extents);
    p.begin().run(sources);
    p.step().begin(p.begin(), search.beam());
    List<Beam> beams = new ArrayList<>();
    for (int i = 0; i < sources.count(); i++) {
      beams.add(new Beam(search));
    }
    for (int t = 0; t < search.longest() && !beams.stream().allMatch(Beam::done); t++) {
      step(p.step(), beams);
    }
    return IntStream.range(0, sources.count())
        .mapToObj(i -> trimmed(beams.get(i).best(), sources.tokens()[i].length))
        .toList();
  }

  private void step(StepProgram step, List<Beam> beams) {
    int width = search.beam();
    for (int row = 0; row < beams.size() * width; row++) {
      step.token(row, beams.get(row / width).token(row % width));
    }
    step.run();
    int[] parents = IntStream.range(0, beams.size() * width).toArray();
    for (int i = 0; i < beams.size(); i++) {
      if (!beams.get(i).done()) {
        beams.get(i).advance(step, i * width, parents);
      }
    }
    if (width > 1) {
      step.follow(parents);
    } else {
      step.follow();
    }
  }

  /** Attention without the padding of the batch. */
  private static Generated trimmed(Generated g, int length) {
    return new Generated(
        g.tokens(), g.logProbability(), g.attention().map(rows -> cut(rows, length)));
  }

  private static float[][] cut(float[][] rows, int length) {
    return java.util.Arrays.stream(rows)
        .map(row -> java.util.Arrays.copyOf(row, length))
        .toArray(float[][]::new);
  }

  private static List<Generated> labels(LabelProgram program, Sources sources) {
    program.run(sources);
    return IntStream.range(0, sources.count())
        .mapToObj(i -> program.labels(i, sources.asked().get(i)))
        .toList();
  }

  private LabelProgram compileLabels(Extents e) {
    return new LabelProgram((Labeller) model, session, e.batch(), e.length(), e.features());
  }

  private Programs compile(Extents e) {
    BeginProgram begin = new BeginProgram(model, session, e.batch(), e.length(), e.features());
    StepProgram step =
        new StepProgram(
            model,
            session,
            e.batch() * search.beam(),
            begin.memoryShapes(),
            begin.carryShapes(),
            showing);
    return new Programs(begin, step);
  }
}
