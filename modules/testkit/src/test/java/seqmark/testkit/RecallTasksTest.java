package seqmark.testkit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import seqmark.tasks.Example;
import seqmark.tasks.Task;
import seqmark.tasks.recall.Copy;
import seqmark.tasks.recall.InductionHeads;
import seqmark.tasks.recall.Mqar;
import seqmark.tasks.recall.Mqar.Filler;
import seqmark.tasks.recall.MqarSweep;
import seqmark.tasks.recall.MqarSweep.Segment;
import seqmark.tasks.recall.SequenceConfig;
import seqmark.tasks.recall.Sort;

/** The contract, applied to the tasks of recall that BuiltInTasksTest does not have. */
class RecallTasksTest {
  private static final Path HERE = Path.of(".");

  @Nested
  class CopySmall extends TaskContract {
    @Override
    protected Task task(long seed) {
      Copy provider = new Copy();
      return provider.create(provider.presets().get("small"), seed, HERE);
    }

    @Override
    protected boolean mayBeShared(int[] source) {
      return source.length <= 2;
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> question.source());
    }
  }

  @Nested
  class SortOfLetters extends TaskContract {
    @Override
    protected Task task(long seed) {
      return new Sort()
          .create(new SequenceConfig(26, List.of(1, 20), List.of(), 5_000, 500, 500), seed, HERE);
    }

    @Override
    protected boolean mayBeShared(int[] source) {
      return source.length == 1;
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) ->
          IntStream.range(0, task.source().size())
              .flatMap(id -> Arrays.stream(question.source()).filter(symbol -> symbol == id))
              .toArray());
    }
  }

  @Nested
  class MqarSmall extends TaskContract {
    @Override
    protected Task task(long seed) {
      Mqar provider = new Mqar();
      return provider.create(provider.presets().get("small"), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> recalled(question));
    }
  }

  @Nested
  class MqarSweepOfFew extends TaskContract {
    @Override
    protected Task task(long seed) {
      List<Segment> few = List.of(new Segment(16, 2, 100), new Segment(64, 16, 150));
      List<Segment> train = List.of(new Segment(32, 4, 400), new Segment(32, 8, 300));
      return new MqarSweep()
          .create(new MqarSweep.Config(64, 0.01, Filler.RANDOM, train, few, few), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> recalled(question));
    }
  }

  @Nested
  class InductionHeadsAtSeveralLengths extends TaskContract {
    @Override
    protected Task task(long seed) {
      InductionHeads provider = new InductionHeads();
      return provider.create(provider.presets().get("small"), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> recalled(question));
    }
  }

  /** What followed the first occurrence of each symbol at which something is asked. */
  private static int[] recalled(Example question) {
    int[] source = question.source();
    return Arrays.stream(question.asked()).map(p -> source[first(source, source[p]) + 1]).toArray();
  }

  private static int first(int[] source, int symbol) {
    return IntStream.range(0, source.length).filter(i -> source[i] == symbol).findFirst().orElse(0);
  }
}
