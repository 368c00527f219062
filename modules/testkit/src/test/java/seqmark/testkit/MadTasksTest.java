package seqmark.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.mad.Compression;
import seqmark.tasks.mad.FuzzyRecall;
import seqmark.tasks.mad.InContextRecall;
import seqmark.tasks.mad.Memorization;
import seqmark.tasks.mad.NoisyRecall;
import seqmark.tasks.mad.Questions;
import seqmark.tasks.mad.SelectiveCopying;
import seqmark.tasks.mad.SelectiveCopying.Spacing;

/** The contract, applied to the tasks of mechanistic architecture design. */
class MadTasksTest {
  private static final Path HERE = Path.of(".");

  /** Tasks in which the value of a single key is asked for. */
  abstract static class Recall extends TaskContract {
    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> recalled(question));
    }
  }

  @Nested
  class InContextRecallHidden extends Recall {
    @Override
    protected Task task(long seed) {
      return new InContextRecall()
          .create(
              new InContextRecall.Config(16, 32, Questions.HIDDEN, 2_000, 200, 200), seed, HERE);
    }
  }

  @Nested
  class InContextRecallAsInMad extends Recall {
    @Override
    protected Task task(long seed) {
      return new InContextRecall()
          .create(
              new InContextRecall.Config(16, 128, Questions.SHOWN, 2_000, 200, 200), seed, HERE);
    }
  }

  @Nested
  class InContextRecallAsInSafari extends Recall {
    @Override
    protected Task task(long seed) {
      return new InContextRecall()
          .create(new InContextRecall.Config(19, 42, Questions.LAST, 2_000, 200, 200), seed, HERE);
    }
  }

  /** Two keys and two values in the fewest pairs: even so there is something for every part. */
  @Nested
  class InContextRecallOfFew extends Recall {
    @Override
    protected Task task(long seed) {
      return new InContextRecall()
          .create(new InContextRecall.Config(4, 16, Questions.HIDDEN, 2_000, 200, 200), seed, HERE);
    }
  }

  @Nested
  class NoisyRecallAsInMad extends Recall {
    @Override
    protected Task task(long seed) {
      return new NoisyRecall()
          .create(
              new NoisyRecall.Config(32, 16, 0.2, 128, Questions.SHOWN, 2_000, 200, 200),
              seed,
              HERE);
    }
  }

  @Nested
  class NoisyRecallWithMuchNoise extends Recall {
    @Override
    protected Task task(long seed) {
      return new NoisyRecall()
          .create(
              new NoisyRecall.Config(16, 8, 0.8, 32, Questions.HIDDEN, 2_000, 200, 200),
              seed,
              HERE);
    }
  }

  /** Tasks in which keys and values are several symbols long. */
  abstract static class Fuzzy extends TaskContract {
    private final Questions questions;

    Fuzzy(Questions questions) {
      this.questions = questions;
    }

    @Override
    protected Task task(long seed) {
      return new FuzzyRecall()
          .create(new FuzzyRecall.Config(16, 3, 3, 128, questions, 2_000, 200, 200), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of(MadTasksTest::recalledMotifs);
    }
  }

  @Nested
  class FuzzyRecallHidden extends Fuzzy {
    FuzzyRecallHidden() {
      super(Questions.HIDDEN);
    }
  }

  @Nested
  class FuzzyRecallAsInMad extends Fuzzy {
    FuzzyRecallAsInMad() {
      super(Questions.SHOWN);
    }
  }

  @Nested
  class FuzzyRecallOfTheLast extends Fuzzy {
    FuzzyRecallOfTheLast() {
      super(Questions.LAST);
    }
  }

  /** Tasks whose answers are the symbols before the cue, without the blanks. */
  abstract static class Slots extends TaskContract {
    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) ->
          Arrays.stream(question.source())
              .takeWhile(id -> id != task.source().id("?"))
              .filter(id -> id != task.source().id("."))
              .toArray());
    }
  }

  @Nested
  class SelectiveCopyingAsInMad extends Slots {
    @Override
    protected Task task(long seed) {
      return new SelectiveCopying()
          .create(
              new SelectiveCopying.Config(16, 256, 16, Spacing.GAPS, 1_000, 100, 100), seed, HERE);
    }
  }

  @Nested
  class SelectiveCopyingSmall extends Slots {
    @Override
    protected Task task(long seed) {
      SelectiveCopying provider = new SelectiveCopying();
      return provider.create(provider.presets().get("small"), seed, HERE);
    }
  }

  @Nested
  class SelectiveCopyingOfFew extends Slots {
    @Override
    protected Task task(long seed) {
      return new SelectiveCopying()
          .create(
              new SelectiveCopying.Config(8, 16, 2, Spacing.PLACES, 1_000, 200, 200), seed, HERE);
    }

    @Override
    protected boolean mayBeShared(int[] source) {
      return true; // 6 letters, 2 tokens: 36 sequences
    }
  }

  @Nested
  class CompressionAsInMad extends Slots {
    @Override
    protected Task task(long seed) {
      return new Compression().create(new Compression.Config(16, 32, 2_000, 200, 200), seed, HERE);
    }
  }

  @Nested
  class MemorizationAsInMad extends TaskContract {
    @Override
    protected Task task(long seed) {
      Memorization provider = new Memorization();
      return provider.create(provider.presets().get("mad"), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> learnedByHeart(task, question));
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

  /**
   * Reads the source as words: keys, values, or something else, and keeps each key's first value.
   */
  private static int[] recalledMotifs(Task task, Example question) {
    String[] words = task.source().text(question.source()).split(" ");
    Map<List<String>, List<String>> values = new HashMap<>();
    List<String> key = new ArrayList<>();
    List<List<String>> keyAt = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      boolean begins = words[i].startsWith("k") && (i == 0 || !words[i - 1].startsWith("k"));
      key = begins ? new ArrayList<>() : key;
      if (words[i].startsWith("k")) {
        key.add(words[i]);
      }
      keyAt.add(key);
      boolean first = words[i].startsWith("v") && words[i - 1].startsWith("k");
      if (first && !values.containsKey(key)) {
        values.put(
            key, Arrays.stream(words, i, words.length).takeWhile(w -> w.startsWith("v")).toList());
      }
    }
    int[] answers = new int[question.asked().length];
    for (int q = 0; q < answers.length; q++) {
      int place = question.asked()[q];
      int since = 0;
      while (!words[place - since].startsWith("k")) {
        since++;
      }
      answers[q] = task.target().id(values.get(keyAt.get(place)).get(since));
    }
    return answers;
  }

  /** By the dictionary that the training part gives. */
  private static int[] learnedByHeart(Task task, Example question) {
    Map<Integer, Integer> dictionary = new HashMap<>();
    for (int i = 0; i < task.size(Split.TRAIN); i++) {
      Example shown = task.example(Split.TRAIN, i);
      for (int q = 0; q < shown.asked().length; q++) {
        dictionary.put(shown.source()[shown.asked()[q] - 1], shown.target()[q]);
      }
    }
    return Arrays.stream(question.asked())
        .map(place -> dictionary.get(question.source()[place - 1]))
        .toArray();
  }
}
