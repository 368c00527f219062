package seqmark.tasks.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import seqmark.tasks.Vocabulary;

/** The words of stories, and their sentences as ids. */
final class Words {
  static final List<String> ACTORS =
      List.of(
          "fox", "owl", "bear", "hare", "mole", "crow", "wolf", "frog", "swan", "lynx", "goat",
          "otter");
  static final List<String> PLACES =
      List.of(
          "mill", "barn", "pond", "well", "hill", "ford", "cave", "grove", "inn", "tower", "bridge",
          "orchard");
  static final List<String> THINGS =
      List.of(
          "lamp", "rope", "coin", "map", "bell", "jar", "drum", "flute", "net", "comb", "lens",
          "kite");
  static final List<String> DIRECTIONS = List.of("north", "east", "south", "west");
  private static final List<String> NUMBERS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");
  private static final List<String> ANSWERS = List.of("yes", "no", "nothing");

  private final Vocabulary vocabulary;

  /** By sentence: ids, or {@code -n} for what its number n stands for. */
  private final int[][] templates;

  private final int firstActor;
  private final int firstPlace;
  private final int firstThing;
  private final int firstDirection;
  private final int firstNumber;

  Words(FactsQa.Config config) {
    Set<String> words = new LinkedHashSet<>();
    for (Sentence sentence : Sentence.values()) {
      Arrays.stream(sentence.words()).filter(word -> number(word) == 0).forEach(words::add);
    }
    words.addAll(ACTORS.subList(0, config.actors()));
    words.addAll(PLACES.subList(0, config.places()));
    words.addAll(THINGS.subList(0, config.things()));
    words.addAll(DIRECTIONS);
    words.addAll(NUMBERS.subList(0, config.things() + 1));
    words.addAll(ANSWERS);
    vocabulary = new Vocabulary(new ArrayList<>(words), " ");
    firstActor = vocabulary.id(ACTORS.getFirst());
    firstPlace = vocabulary.id(PLACES.getFirst());
    firstThing = vocabulary.id(THINGS.getFirst());
    firstDirection = vocabulary.id(DIRECTIONS.getFirst());
    firstNumber = vocabulary.id(NUMBERS.getFirst());
    templates =
        Arrays.stream(Sentence.values())
            .map(sentence -> Arrays.stream(sentence.words()).mapToInt(this::part).toArray())
            .toArray(int[][]::new);
  }

  private int part(String word) {
    int number = number(word);
    return number > 0 ? -number : vocabulary.id(word);
  }

  private static int number(String word) {
    return Character.isDigit(word.charAt(0)) ? Integer.parseInt(word) : 0;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  int[] template(Sentence sentence) {
    return templates[sentence.ordinal()];
  }

  int actor(int index) {
    return firstActor + index;
  }

  int place(int index) {
    return firstPlace + index;
  }

  int thing(int index) {
    return firstThing + index;
  }

  int direction(int index) {
    return firstDirection + index;
  }

  int number(int count) {
    return firstNumber + count;
  }

  int id(String word) {
    return vocabulary.id(word);
  }
}
