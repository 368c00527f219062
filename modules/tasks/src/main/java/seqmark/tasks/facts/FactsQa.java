package seqmark.tasks.facts;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import seqmark.tasks.Check;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * Stories of animals that move about and carry things, and a question at the end: the kinds of
 * Weston et al. 2015 (bAbI) in words and sentences of our own.
 *
 * <p>The question is the last sentence of the source. If all answers of a task's kinds are one
 * word, it is asked at the question mark, and no other position counts in loss and metrics;
 * otherwise answers are targets that are written behind the source, and each of their words counts.
 * Every story answers its question. The parts share no source.
 *
 * <p>Sentences end with a full stop, the task's {@link Task#sentenceEnd}, so that models with a
 * memory can keep each in a slot of its own. Things lie nowhere before they are mentioned for the
 * first time: whoever collects one then finds it where he is.
 */
public final class FactsQa implements TaskProvider<FactsQa.Config> {
  private static final int LONGEST = 1_000;

  /**
   * The parameters.
   *
   * @param kinds of questions, each equally frequent
   * @param sentences fewest and most of them before the question, {@code [min, max]}; all counts
   *     between are equally frequent
   * @param actors how many animals there are
   * @param places how many they can be at; more than sentences if paths are asked for
   * @param things how many they can carry
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      List<Kind> kinds,
      List<Integer> sentences,
      int actors,
      int places,
      int things,
      int train,
      int validation,
      int test) {
    /** Checks all ranges. */
    public Config {
      boolean valid = !kinds.isEmpty() && kinds.stream().allMatch(Objects::nonNull);
      if (!valid || EnumSet.copyOf(kinds).size() < kinds.size()) {
        throw new IllegalArgumentException(
            "kinds is " + kinds + ", expected one or more kinds, each of them once");
      }
      kinds = List.copyOf(kinds);
      sentences = Check.range("sentences", sentences, 3, LONGEST);
      Check.within("actors", actors, 2, Words.ACTORS.size());
      Check.within("places", places, 4, Words.PLACES.size());
      Check.within("things", things, 2, Words.THINGS.size());
      if (kinds.contains(Kind.PATH) && places <= sentences.getLast()) {
        throw new IllegalArgumentException(
            "sentences is %s, expected at most %d for paths: each tells of one more of %d places"
                .formatted(sentences, places - 1, places));
      }
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public FactsQa() {}

  @Override
  public String id() {
    return "facts-qa";
  }

  @Override
  public String summary() {
    return "short stories: who is where, who carries what, which way leads where?";
  }

  @Override
  public Config defaults() {
    return of(List.of(Kind.SINGLE_FACT, Kind.TWO_FACTS), List.of(4, 10));
  }

  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put(
        "small", new Config(List.of(Kind.SINGLE_FACT), List.of(3, 5), 3, 4, 2, 20_000, 500, 1_000));
    presets.put("single-fact", of(List.of(Kind.SINGLE_FACT), List.of(4, 12)));
    presets.put("two-facts", of(List.of(Kind.TWO_FACTS), List.of(4, 16)));
    presets.put("three-facts", of(List.of(Kind.THREE_FACTS), List.of(8, 24)));
    presets.put("all", of(List.of(Kind.values()), List.of(5, 11)));
    return presets;
  }

  private static Config of(List<Kind> kinds, List<Integer> sentences) {
    return new Config(kinds, sentences, 6, 12, 6, 10_000, 1_000, 1_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    return new FactsQaGenerator(config).task(seed);
  }
}
