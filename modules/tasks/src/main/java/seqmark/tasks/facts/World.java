package seqmark.tasks.facts;

import java.util.Arrays;
import java.util.function.IntPredicate;
import seqmark.compute.CounterRandom;

/** Animals that move between places, take things along and lay them down, at random. */
final class World {
  private static final int NOWHERE = -1;
  private static final int NOBODY = -1;

  /** Half of what is done are moves; of the rest, a third lays something down if it can. */
  private static final double MOVES = 0.5;

  private static final double LAYS = 1 / 3.0;

  private final FactsQa.Config config;
  private final Story story;
  private final Words words;
  private final boolean onlyMoves;
  private final CounterRandom random;
  private long draws;

  /** By actor. */
  private final int[] place;

  /** By thing: who carries it. */
  private final int[] carrier;

  /** By thing: the places where it was, the last one being where it is. */
  private final Trail[] trails;

  /** By thing: when it was collected last. */
  private final int[] collected;

  private int time;

  World(FactsQa.Config config, Story story, boolean onlyMoves, CounterRandom random) {
    this.config = config;
    this.story = story;
    this.words = story.words();
    this.onlyMoves = onlyMoves;
    this.random = random;
    this.place = filled(config.actors(), NOWHERE);
    this.carrier = filled(config.things(), NOBODY);
    this.collected = filled(config.things(), -1);
    this.trails = new Trail[config.things()];
    Arrays.setAll(trails, thing -> new Trail());
  }

  private static int[] filled(int size, int value) {
    int[] filled = new int[size];
    Arrays.fill(filled, value);
    return filled;
  }

  private int below(int bound) {
    return random.below(bound, draws++);
  }

  /** Lets something happen and tells of it. */
  void happen() {
    time++;
    int actor = below(config.actors());
    if (onlyMoves || place[actor] == NOWHERE || random.uniform(draws++) < MOVES) {
      move(actor);
      return;
    }
    int laid =
        random.uniform(draws++) < LAYS ? any(config.things(), t -> carrier[t] == actor) : NOBODY;
    int taken = laid == NOBODY ? any(config.things(), t -> isWithin(t, place[actor])) : NOBODY;
    if (laid != NOBODY) {
      carrier[laid] = NOBODY;
      story.say(Sentence.LAYS, words.actor(actor), words.thing(laid));
    } else if (taken != NOBODY) {
      take(actor, taken);
    } else {
      move(actor);
    }
  }

  /** Whether somebody at a place could collect a thing. */
  private boolean isWithin(int thing, int here) {
    return carrier[thing] == NOBODY && (trails[thing].isEmpty() || trails[thing].last() == here);
  }

  /** One of the numbers below a bound that are as told, each equally likely; -1 if none is. */
  private int any(int bound, IntPredicate as) {
    int chosen = -1;
    int found = 0;
    for (int i = 0; i < bound; i++) {
      if (as.test(i) && below(++found) == 0) {
        chosen = i;
      }
    }
    return chosen;
  }

  private void move(int actor) {
    place[actor] = other(place[actor]);
    Sentence sentence = below(2) == 0 ? Sentence.HEADS : Sentence.HURRIES;
    story.say(sentence, words.actor(actor), words.place(place[actor]));
    for (int thing = 0; thing < carrier.length; thing++) {
      if (carrier[thing] == actor) {
        trails[thing].add(place[actor]);
      }
    }
  }

  private int other(int than) {
    if (than == NOWHERE) {
      return below(config.places());
    }
    int chosen = below(config.places() - 1);
    return chosen < than ? chosen : chosen + 1;
  }

  private void take(int actor, int thing) {
    if (trails[thing].isEmpty()) {
      trails[thing].add(place[actor]);
    }
    carrier[thing] = actor;
    collected[thing] = time;
    Sentence sentence = below(2) == 0 ? Sentence.COLLECTS : Sentence.GATHERS;
    story.say(sentence, words.actor(actor), words.thing(thing));
  }

  /** Asks a question of this kind; says whether there is one that the story answers. */
  boolean ask(Kind kind) {
    return switch (kind) {
      case SINGLE_FACT -> askWhere();
      case TWO_FACTS -> askWhereThing();
      case THREE_FACTS -> askWhereBefore();
      case YES_NO -> askWhether();
      case COUNT -> askCarried(Sentence.HOW_MANY);
      case LIST -> askCarried(Sentence.WHICH);
      case PATH -> throw new IllegalArgumentException("paths are not about what happens");
    };
  }

  private boolean askWhere() {
    int actor = any(config.actors(), a -> place[a] != NOWHERE);
    story.say(Sentence.WHERE_ACTOR, words.actor(actor), 0);
    story.answer(words.place(place[actor]));
    return true;
  }

  private boolean askWhether() {
    int actor = any(config.actors(), a -> place[a] != NOWHERE);
    boolean yes = below(2) == 0;
    int asked = yes ? place[actor] : other(place[actor]);
    story.say(Sentence.WHETHER, words.actor(actor), words.place(asked));
    story.answer(words.id(yes ? "yes" : "no"));
    return true;
  }

  private boolean askWhereThing() {
    int thing = any(config.things(), t -> !trails[t].isEmpty());
    if (thing < 0) {
      return false;
    }
    story.say(Sentence.WHERE_THING, words.thing(thing), 0);
    story.answer(words.place(trails[thing].last()));
    return true;
  }

  private boolean askWhereBefore() {
    int thing = any(config.things(), t -> any(config.places(), trails[t]::wasOnceReached) >= 0);
    if (thing < 0) {
      return false;
    }
    int reached = any(config.places(), trails[thing]::wasOnceReached);
    story.say(Sentence.WHERE_BEFORE, words.thing(thing), words.place(reached));
    story.answer(words.place(trails[thing].before(reached)));
    return true;
  }

  /** Asks somebody who carries as many things as drawn, so that not nearly all carry just one. */
  private boolean askCarried(Sentence sentence) {
    int most = 0;
    for (int actor = 0; actor < place.length; actor++) {
      most = Math.max(most, carriedBy(actor).length);
    }
    int count = below(most + 1);
    int asked = any(config.actors(), actor -> carriedBy(actor).length == count);
    if (most == 0 || asked < 0) {
      return false;
    }
    int[] carried = carriedBy(asked);
    story.say(sentence, words.actor(asked), 0);
    if (sentence == Sentence.HOW_MANY) {
      story.answer(words.number(carried.length));
    } else if (carried.length == 0) {
      story.answer(words.id("nothing"));
    } else {
      story.answer(Arrays.stream(carried).map(words::thing).toArray());
    }
    return true;
  }

  private int[] carriedBy(int actor) {
    int[] carried = new int[config.things()];
    int count = 0;
    for (int thing = 0; thing < carrier.length; thing++) {
      if (carrier[thing] == actor) {
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
