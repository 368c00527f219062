package seqmark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import seqmark.tasks.Example;
import seqmark.tasks.Task;
import seqmark.tasks.dates.Dates;
import seqmark.tasks.g2p.G2p;
import seqmark.tasks.recall.Copy;
import seqmark.tasks.recall.Mqar;
import seqmark.tasks.recall.Mqar.Filler;
import seqmark.tasks.recall.Reverse;
import seqmark.tasks.recall.SequenceConfig;
import seqmark.tasks.tsv.Tsv;

/** The contract, applied to every task of this project. */
class BuiltInTasksTest {
  private static final Path HERE = Path.of(".");

  @Nested
  class G2pWhole extends TaskContract {
    @Override
    protected Task task(long seed) {
      G2p provider = new G2p();
      return provider.create(provider.defaults(), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.empty();
    }
  }

  @Nested
  class G2pSomeWithStress extends TaskContract {
    @Override
    protected Task task(long seed) {
      return new G2p().create(new G2p.Config(1_000, G2p.Variants.FIRST, true), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.empty();
    }
  }

  @Nested
  class DatesInAllLocales extends TaskContract {
    @Override
    protected Task task(long seed) {
      return new Dates()
          .create(new Dates.Config(List.of(), List.of(1900, 2099), 5_000, 500, 500), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.empty();
    }
  }

  @Nested
  class CopyOfNumbers extends TaskContract {
    @Override
    protected Task task(long seed) {
      List<Integer> length = List.of(2, 4);
      return new Copy()
          .create(new SequenceConfig(64, length, List.of(30, 40), 5_000, 500, 500), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> question.source());
    }
  }

  @Nested
  class ReverseOfLetters extends TaskContract {
    @Override
    protected Task task(long seed) {
      Reverse provider = new Reverse();
      return provider.create(provider.defaults(), seed, HERE);
    }

    @Override
    protected boolean mayBeShared(int[] source) {
      return source.length == 1;
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> reversed(question.source()));
    }
  }

  @Nested
  class MqarWithBlanks extends TaskContract {
    @Override
    protected Task task(long seed) {
      Mqar provider = new Mqar();
      return provider.create(provider.defaults(), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> recalled(question));
    }
  }

  @Nested
  class MqarAsInThePaper extends TaskContract {
    @Override
    protected Task task(long seed) {
      return new Mqar()
          .create(new Mqar.Config(8192, 64, 4, 0.01, Filler.RANDOM, 3_000, 300, 300), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> recalled(question));
    }
  }

  @Nested
  class TsvByCharacters extends TaskContract {
    @TempDir Path folder;

    @Override
    protected Task task(long seed) {
      return tsv(folder, seed, "", Tsv.Unit.CHARACTERS);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> twiceReversed(task, question));
    }
  }

  @Nested
  class TsvByWords extends TaskContract {
    @TempDir Path folder;

    @Override
    protected Task task(long seed) {
      return tsv(folder, seed, " ", Tsv.Unit.WORDS);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> twiceReversed(task, question));
    }
  }

  private static int[] reversed(int[] source) {
    return IntStream.rangeClosed(1, source.length).map(i -> source[source.length - i]).toArray();
  }

  /** Whatever first followed the symbol that is asked for. */
  private static int[] recalled(Example question) {
    int[] source = question.source();
    Map<Integer, Integer> next = new HashMap<>();
    for (int i = 1; i < source.length; i++) {
      next.putIfAbsent(source[i - 1], source[i]);
    }
    return Arrays.stream(question.asked()).map(place -> next.get(source[place])).toArray();
  }

  private static int[] twiceReversed(Task task, Example question) {
    String reversed = task.source().text(reversed(question.source()));
    return task.target().ids(reversed + (reversed.contains(" ") ? " " : "") + reversed);
  }

  /** From the digits of a number to twice the same from the end to the start. */
  private static Task tsv(Path folder, long seed, String between, Tsv.Unit unit) {
    List<String> lines = new ArrayList<>();
    for (int number = 1_000; number < 3_000; number++) {
      StringBuilder digits = new StringBuilder().append(number);
      String source = String.join(between, digits.toString().split(""));
      String target = String.join(between, digits.reverse().append(digits).toString().split(""));
      lines.add(source + "\t" + target);
    }
    try {
      Files.write(folder.resolve("digits.tsv"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Tsv()
        .create(new Tsv.Config("digits.tsv", "", "", 0.1, 0.2, unit, 100), seed, folder);
  }
}
