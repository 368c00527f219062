package seqmark.tasks.facts;

import java.util.Arrays;

/** Animals that move between places, take things along and lay them down, at random. */
final class World {
  /** The place of those who have not come to one, and the carrier of what nobody carries. */
  private static final int NONE = -1;

  /** Half of what is done are moves; of the rest, a third lays something down if it can. */
  private static final double MOVES = 0.5;

  private static final double LAYS = 1 / 3.0;

  private final FactsQa.Config config;
  private final Story story;
  private final Words words;
  private final boolean onlyMoves;
  private final Draws draws;

  /** By actor. */
  private final int[] places;

  /** By thing: who carries it. */
  private final int[] carriers;

  /** By thing. */
  private final Trail[] trails;

  /** By thing: when it was collected last. */
  private final int[] collected;

  private int time;

  World(FactsQa.Config config, Story story, boolean onlyMoves, Draws draws) {
    this.config = config;
    this.story = story;
    this.words = story.words();
    this.onlyMoves = onlyMoves;
    this.draws = draws;
    this.places = filledWithNone(config.actors());
    this.carriers = filledWithNone(config.things());
    this.collected = new int[config.things()];
    this.trails = new Trail[config.things()];
    Arrays.setAll(trails, thing -> new Trail());
  }

  private static int[] filledWithNone(int size) {
    int[] filled = new int[size];
    Arrays.fill(filled, NONE);
    return filled;
  }

  /** Lets something happen and tells of it. */
  void happen() {
    time++;
    int actor = draws.below(config.actors());
    if (onlyMoves || !isSomewhere(actor) || draws.happens(MOVES)) {
      move(actor);
      return;
    }
    int laid = draws.happens(LAYS) ? draws.any(config.things(), t -> carriers[t] == actor) : NONE;
    int taken = laid == NONE ? draws.any(config.things(), t -> isAround(t, places[actor])) : NONE;
    if (laid != NONE) {
      carriers[laid] = NONE;
      story.say(Sentence.LAYS, words.actor(actor), words.thing(laid));
    } else if (taken != NONE) {
      take(actor, taken);
    } else {
      move(actor);
    }
  }

  /** Whether somebody at a place could collect a thing. */
  private boolean isAround(int thing, int place) {
    return carriers[thing] == NONE && (trails[thing].isEmpty() || trails[thing].last() == place);
  }

  private void move(int actor) {
    int place = draws.other(config.places(), places[actor]);
    places[actor] = place;
    Sentence sentence = draws.below(2) == 0 ? Sentence.HEADS : Sentence.HURRIES;
    story.say(sentence, words.actor(actor), words.place(place));
    for (int thing = 0; thing < carriers.length; thing++) {
      if (carriers[thing] == actor) {
        trails[thing].add(place);
      }
    }
  }

  private void take(int actor, int thing) {
    if (trails[thing].isEmpty()) {
      trails[thing].add(places[actor]);
    }
    carriers[thing] = actor;
    collected[thing] = time;
    Sentence sentence = draws.below(2) == 0 ? Sentence.COLLECTS : Sentence.GATHERS;
    story.say(sentence, words.actor(actor), words.thing(thing));
  }

  /** Whether the story has told where an actor is. */
  boolean isSomewhere(int actor) {
    return places[actor] != NONE;
  }

  /** Where an actor is. */
  int place(int actor) {
    return places[actor];
  }

  /** Where a thing was and is. */
  Trail trail(int thing) {
    return trails[thing];
  }

  /** The things that an actor carries, in the order in which they were collected. */
  int[] carriedBy(int actor) {
    int[] carried = new int[carriers.length];
    int count = 0;
    for (int thing = 0; thing < carriers.length; thing++) {
      if (carriers[thing] == actor) {
        int at = count++;
        for (; at > 0 && collected[carried[at - 1]] > collected[thing]; at--) {
          carried[at] = carried[at - 1];
        }
        carried[at] = thing;
      }
    }
    return Arrays.copyOf(carried, count);
  }
}
