package seqmark.tasks.dates;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Parts;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.EditError;
import seqmark.tasks.metric.Exact;

/** Uniformly random locale, then form, and a uniformly random day of the part. */
final class DatesTask implements Task {
  private static final Parts PARTS = new Parts(0.1, 0.1);
  private static final Vocabulary ISO =
      new Vocabulary("-0123456789".chars().mapToObj(Character::toString).toList(), "");

  private final Dates.Config config;
  private final CounterRandom random;
  private final List<DateForms> locales;
  private final Vocabulary characters;
  private final LocalDate first;
  private final int days;

  DatesTask(Dates.Config config, long seed) {
    this.config = config;
    random = CounterRandom.seeded(seed);
    List<String> tags = config.locales().isEmpty() ? DateForms.LOCALES : config.locales();
    locales = tags.stream().map(DateForms::new).toList();
    characters = characters(locales);
    first = LocalDate.of(config.years().getFirst(), 1, 1);
    LocalDate end = LocalDate.of(config.years().getLast() + 1, 1, 1);
    days = (int) (end.toEpochDay() - first.toEpochDay());
  }

  /** The characters of all forms: these days have all weekdays, months and digits. */
  private static Vocabulary characters(List<DateForms> locales) {
    List<LocalDate> days =
        Stream.concat(
                IntStream.rangeClosed(1, 12).mapToObj(month -> LocalDate.of(1678, month, 1)),
                IntStream.rangeClosed(1, 31).mapToObj(day -> LocalDate.of(2345, 1, day)))
            .toList();
    Stream<String> texts = locales.stream().flatMap(forms -> days.stream().flatMap(forms::texts));
    return new Vocabulary(
        texts
            .flatMapToInt(String::codePoints)
            .distinct()
            .sorted()
            .mapToObj(Character::toString)
            .toList(),
        "");
  }

  @Override
  public Vocabulary source() {
    return characters;
  }

  @Override
  public Vocabulary target() {
    return ISO;
  }

  @Override
  public int size(Split split) {
    return switch (split) {
      case TRAIN -> config.train();
      case VALIDATION -> config.validation();
      case TEST -> config.test();
    };
  }

  @Override
  public Example example(Split split, int index) {
    CounterRandom draw = random.fork(split.name()).fork(index);
    DateForms forms = locales.get(draw.below(locales.size(), 0));
    int form = draw.below(forms.count(), 1);
    LocalDate date = day(split, draw.fork("day"));
    return Example.of(characters.ids(forms.text(date, form)), ISO.ids(date.toString()));
  }

  private LocalDate day(Split split, CounterRandom draw) {
    for (int attempt = 0; ; attempt++) {
      LocalDate day = first.plusDays(draw.below(days, attempt));
      if (PARTS.of((int) day.toEpochDay()) == split) {
        return day;
      }
    }
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Exact.accuracy("exact"), new EditError("character error"));
  }
}
