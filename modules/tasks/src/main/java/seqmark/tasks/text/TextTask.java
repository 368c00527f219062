package seqmark.tasks.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.file.MappedFile;
import seqmark.tasks.metric.BitsPerCharacter;
import seqmark.tasks.metric.TokenAccuracy;

/** Windows of a text on the disk. */
final class TextTask implements Task {
  private static final int CODE_POINTS = Character.MAX_CODE_POINT + 1;

  /**
   * The windows of one part.
   *
   * @param first the first character
   * @param possible how many windows there are
   * @param taken how many of them are examples
   */
  private record Part(long first, long possible, int taken) {
    long window(int index) {
      return Math.multiplyExact(index, possible) / taken;
    }
  }

  private final MappedFile file;
  private final Text.Config config;
  private final Characters text;
  private final Vocabulary vocabulary;

  /** By code point. */
  private final int[] ids = new int[CODE_POINTS];

  private final Map<Split, Part> parts = new EnumMap<>(Split.class);

  TextTask(Text.Config config, MappedFile file) {
    this.file = file;
    this.config = config;
    long size = file.bytes().byteSize();
    long testBytes = (long) (config.testShare() * size);
    long validationBytes = (long) (config.validationShare() * size);
    long trainEnd = size - testBytes - validationBytes;
    long[] frequencies = new long[CODE_POINTS];
    text =
        new Characters(
            file, (character, position) -> frequencies[character] += position < trainEnd ? 1 : 0);
    long validation = text.before(trainEnd);
    long test = text.before(size - testBytes);
    add(Split.TRAIN, 0, validation, config.train());
    add(Split.VALIDATION, validation, test, config.validation());
    add(Split.TEST, test, text.count(), config.test());
    int[] known = mostFrequent(frequencies, config.maxVocabulary());
    vocabulary = vocabulary(known);
    Arrays.fill(ids, vocabulary.id(Vocabulary.UNKNOWN));
    for (int character : known) {
      ids[character] = vocabulary.id(Character.toString(character));
    }
  }

  private void add(Split split, long first, long end, int limit) {
    long possible = (end - first - config.context()) / config.target();
    if (possible < 1) {
      throw file.error(
          ": its %s part has %d characters, expected at least context + target = %d; take a longer text, a larger share or shorter windows"
              .formatted(
                  split.name().toLowerCase(Locale.ROOT),
                  end - first,
                  config.context() + config.target()));
    }
    int taken = (int) Math.min(possible, limit == 0 ? Integer.MAX_VALUE : limit);
    parts.put(split, new Part(first, possible, taken));
  }

  /** The characters that have an id of their own. */
  private static int[] mostFrequent(long[] frequencies, int limit) {
    return IntStream.range(0, frequencies.length)
        .filter(character -> frequencies[character] > 0)
        .boxed()
        .sorted(Comparator.comparingLong(character -> -frequencies[character]))
        .limit(limit == 0 ? Long.MAX_VALUE : limit - 1)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static Vocabulary vocabulary(int[] characters) {
    Stream<String> symbols = IntStream.of(characters).mapToObj(Character::toString);
    return new Vocabulary(Stream.concat(Stream.of(Vocabulary.UNKNOWN), symbols).toList(), "");
  }

  @Override
  public Vocabulary source() {
    return vocabulary;
  }

  @Override
  public Vocabulary target() {
    return vocabulary;
  }

  @Override
  public int size(Split split) {
    return parts.get(split).taken();
  }

  @Override
  public Example example(Split split, int index) {
    Part part = parts.get(split);
    long first = part.first() + part.window(index) * config.target();
    int[] window = text.get(first, config.context() + config.target());
    for (int i = 0; i < window.length; i++) {
      window[i] = ids[window[i]];
    }
    return Example.of(
        Arrays.copyOf(window, config.context()),
        Arrays.copyOfRange(window, config.context(), window.length));
  }

  @Override
  public List<Metric> metrics() {
    return List.of(new BitsPerCharacter("bits per character"), new TokenAccuracy("accuracy"));
  }
}
