package seqmark.tasks.numbers;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Parts;
import seqmark.tasks.Sizes;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.EditError;
import seqmark.tasks.metric.Exact;

/** The numbers of {@link Numbers}. */
final class NumbersTask implements Task {
  private static final Parts PARTS = new Parts(0.1, 0.1);
  private static final List<String> DIGITS = characters(Stream.of("0123456789"));

  private final Numbers.Config config;
  private final CounterRandom random;
  private final List<String> languages;
  private final List<Speller> spellers;
  private final Vocabulary words;
  private final Vocabulary digits;

  NumbersTask(Numbers.Config config, long seed) {
    this.config = config;
    random = CounterRandom.seeded(seed);
    languages = config.languages().isEmpty() ? Speller.LANGUAGES : config.languages();
    spellers = languages.stream().map(Speller::new).toList();
    words = new Vocabulary(characters(spellers.stream().flatMap(Speller::samples)), "");
    digits =
        asksForDigits()
            ? new Vocabulary(DIGITS, "")
            : new Vocabulary(
                Stream.concat(DIGITS.stream(), languages.stream().map(NumbersTask::mark)).toList(),
                "");
  }

  private boolean asksForDigits() {
    return config.answers() == Numbers.Answers.DIGITS;
  }

  private static List<String> characters(Stream<String> texts) {
    return texts
        .flatMapToInt(String::codePoints)
        .distinct()
        .sorted()
        .mapToObj(Character::toString)
        .toList();
  }

  /** The symbol that names a language. */
  private static String mark(String language) {
    return language + ":";
  }

  @Override
  public Vocabulary source() {
    return asksForDigits() ? words : digits;
  }

  @Override
  public Vocabulary target() {
    return asksForDigits() ? digits : words;
  }

  @Override
  public int size(Split split) {
    return new Sizes(config.train(), config.validation(), config.test()).of(split);
  }

  @Override
  public Example example(Split split, int index) {
    CounterRandom draw = random.fork(split.name()).fork(index);
    int number = number(split, draw.fork("number"));
    int language = draw.below(spellers.size(), 0);
    int[] inWords = words.ids(spellers.get(language).text(number));
    int[] inDigits = digits.ids(Integer.toString(number));
    if (asksForDigits()) {
      return Example.of(inWords, inDigits);
    }
    IntStream mark = IntStream.of(digits.id(mark(languages.get(language))));
    return Example.of(IntStream.concat(mark, IntStream.of(inDigits)).toArray(), inWords);
  }

  /** A number of the part: first how many digits it has, as most numbers have the most. */
  private int number(Split split, CounterRandom draw) {
    int fewest = length(config.numbers().getFirst());
    int most = length(config.numbers().getLast());
    for (long attempt = 0; ; attempt++) {
      int length = fewest + draw.below(most - fewest + 1, 2 * attempt);
      int first = Math.max(config.numbers().getFirst(), length == 1 ? 0 : power(length - 1));
      int last = Math.min(config.numbers().getLast(), power(length) - 1);
      int number = first + draw.below(last - first + 1, 2 * attempt + 1);
      if (PARTS.of(number) == split) {
        return number;
      }
    }
  }

  /** How many digits a number has. */
  private static int length(int number) {
    return Integer.toString(number).length();
  }

  /** Ten to the power of 0 to 9. */
  private static int power(int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  @Override
  public Difficulty difficulty() {
    return new Difficulty(
        "digits",
        example -> asksForDigits() ? example.target().length : example.source().length - 1);
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Exact.accuracy("exact"), new EditError("character error"));
  }
}
