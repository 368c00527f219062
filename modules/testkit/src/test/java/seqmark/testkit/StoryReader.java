package seqmark.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a story of {@code facts-qa}, word by word, and answers its question. */
final class StoryReader {
  private static final List<String> NUMBERS =
      List.of("zero", "one", "two", "three", "four", "five", "six");

  private static final Map<String, String> OPPOSITES =
      Map.of("north", "south", "south", "north", "east", "west", "west", "east");

  private final Map<String, String> places = new HashMap<>();
  private final Map<String, List<String>> carried = new HashMap<>();
  private final Map<String, List<String>> trails = new HashMap<>();

  /** By place, the direction to each neighbour. */
  private final Map<String, Map<String, String>> neighbours = new HashMap<>();

  private StoryReader() {}

  static String answer(String text) {
    StoryReader reader = new StoryReader();
    String[] sentences = text.split(" \\. ");
    for (int i = 0; i < sentences.length - 1; i++) {
      reader.read(sentences[i].split(" "));
    }
    return reader.reply(sentences[sentences.length - 1].split(" "));
  }

  private void read(String[] words) {
    String subject = words[1];
    String last = words[words.length - 1];
    switch (words[2]) {
      case "heads", "hurries" -> {
        places.put(subject, last);
        carried.getOrDefault(subject, List.of()).forEach(thing -> note(thing, last));
      }
      case "collects", "gathers" -> {
        carried.computeIfAbsent(subject, s -> new ArrayList<>()).add(last);
        note(last, places.get(subject));
      }
      case "lays" -> carried.get(subject).remove(last);
      case "lies" -> {
        neighbour(last, subject, words[3]);
        neighbour(subject, last, OPPOSITES.get(words[3]));
      }
      default -> throw new AssertionError(String.join(" ", words));
    }
  }

  private void note(String thing, String place) {
    List<String> trail = trails.computeIfAbsent(thing, t -> new ArrayList<>());
    if (trail.isEmpty() || !trail.getLast().equals(place)) {
      trail.add(place);
    }
  }

  private void neighbour(String from, String to, String direction) {
    neighbours.computeIfAbsent(from, f -> new HashMap<>()).put(to, direction);
  }

  private String reply(String[] words) {
    String last = words[words.length - 2];
    String form = String.join(" ", words[0], words[1], words[words.length - 2]);
    if (form.equals("where does stay")) {
      return places.get(words[3]);
    } else if (form.equals("where does rest")) {
      return trails.get(words[3]).getLast();
    } else if (words[0].equals("from")) {
      List<String> trail = trails.get(words[5]);
      return trail.get(trail.indexOf(last) - 1);
    } else if (words[0].equals("does")) {
      return last.equals(places.get(words[2])) ? "yes" : "no";
    } else if (words[0].equals("how")) {
      return NUMBERS.get(carried.getOrDefault(words[5], List.of()).size());
    } else if (words[1].equals("things")) {
      List<String> things = carried.getOrDefault(words[4], List.of());
      return things.isEmpty() ? "nothing" : String.join(" ", things);
    }
    return way(words[5], last);
  }

  /** Breadth first. */
  private String way(String from, String to) {
    Map<String, String> ways = new HashMap<>(Map.of(from, ""));
    Deque<String> reached = new ArrayDeque<>(List.of(from));
    while (!ways.containsKey(to)) {
      String here = reached.remove();
      neighbours
          .get(here)
          .forEach((next, direction) -> {
            if (ways.putIfAbsent(next, ways.get(here) + " " + direction) == null) {
              reached.add(next);
            }
          });
    }
    return ways.get(to).strip();
  }
}
