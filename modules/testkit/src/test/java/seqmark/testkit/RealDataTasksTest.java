package seqmark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import seqmark.tasks.Example;
import seqmark.tasks.Task;
import seqmark.tasks.numbers.Numbers;
import seqmark.tasks.numbers.Numbers.Answers;
import seqmark.tasks.text.Text;

/** The contract, applied to the tasks that are made of the words of languages. */
class RealDataTasksTest {
  private static final Path HERE = Path.of(".");

  @Nested
  class EnglishToDigits extends TaskContract {
    @Override
    protected Task task(long seed) {
      Numbers provider = new Numbers();
      return provider.create(provider.presets().get("small"), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) ->
          task.target().ids(Integer.toString(English.read(task.source().text(question.source())))));
    }
  }

  @Nested
  class DigitsToEnglish extends TaskContract {
    @Override
    protected Task task(long seed) {
      Numbers.Config config =
          new Numbers.Config(Answers.WORDS, List.of("en"), List.of(0, 999_999), 5_000, 500, 500);
      return new Numbers().create(config, seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> {
        String digits = task.source().text(question.source()).replace("en:", "");
        return task.target().ids(English.write(Integer.parseInt(digits)));
      });
    }
  }

  @Nested
  class AllLanguagesToDigits extends TaskContract {
    @Override
    protected Task task(long seed) {
      List<Integer> numbers = List.of(0, 999_999_999);
      return new Numbers()
          .create(
              new Numbers.Config(Answers.DIGITS, List.of(), numbers, 2_000, 300, 300), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.empty();
    }
  }

  /** Counts: after a whole number it is known what follows. */
  @Nested
  class TextThatCounts extends TaskContract {
    @TempDir Path folder;

    @Override
    protected Task task(long seed) {
      String text =
          IntStream.range(1_000, 5_000).mapToObj(i -> i + " ").collect(Collectors.joining());
      try {
        Files.writeString(folder.resolve("counting.txt"), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Text()
          .create(new Text.Config("counting.txt", 11, 7, 0.1, 0.1, 0, 0, 0, 0), seed, folder);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of(RealDataTasksTest::counted);
    }
  }

  private static int[] counted(Task task, Example question) {
    String context = task.source().text(question.source());
    int space = context.indexOf(' ');
    int whole = Integer.parseInt(context.substring(space + 1, space + 5));
    String on =
        IntStream.range(whole, whole + 5).mapToObj(i -> i + " ").collect(Collectors.joining());
    int read = context.length() - space - 1;
    return task.target().ids(on.substring(read, read + 7));
  }
}
