package seqmark.tasks.facts;

import java.util.Arrays;

/**
 * Asks about a world when its story is told.
 *
 * @param config how many actors, places and things there are
 * @param world as it has become
 * @param story the story, to which the question is added
 * @param draws to choose what is asked
 */
record Question(FactsQa.Config config, World world, Story story, Draws draws) {
  /** Asks a question of this kind; says whether there is one that the story answers. */
  boolean ask(Kind kind) {
    return switch (kind) {
      case SINGLE_FACT -> where();
      case TWO_FACTS -> whereThing();
      case THREE_FACTS -> whereBefore();
      case YES_NO -> whether();
      case COUNT -> carried(Sentence.HOW_MANY);
      case LIST -> carried(Sentence.WHICH);
      case PATH -> throw new IllegalArgumentException("kind is path, which Land asks for");
    };
  }

  private Words words() {
    return story.words();
  }

  private boolean where() {
    int actor = draws.any(config.actors(), world::isSomewhere);
    story.say(Sentence.WHERE_ACTOR, words().actor(actor));
    story.answer(words().place(world.place(actor)));
    return true;
  }

  private boolean whether() {
    int actor = draws.any(config.actors(), world::isSomewhere);
    int place = world.place(actor);
    boolean yes = draws.below(2) == 0;
    int asked = yes ? place : draws.other(config.places(), place);
    story.say(Sentence.WHETHER, words().actor(actor), words().place(asked));
    story.answer(words().id(yes ? "yes" : "no"));
    return true;
  }

  private boolean whereThing() {
    int thing = draws.any(config.things(), t -> !world.trail(t).isEmpty());
    if (thing < 0) {
      return false;
    }
    story.say(Sentence.WHERE_THING, words().thing(thing));
    story.answer(words().place(world.trail(thing).last()));
    return true;
  }

  private boolean whereBefore() {
    int thing = draws.any(config.things(), t -> reached(t) >= 0);
    if (thing < 0) {
      return false;
    }
    int place = reached(thing);
    story.say(Sentence.WHERE_BEFORE, words().thing(thing), words().place(place));
    story.answer(words().place(world.trail(thing).before(place)));
    return true;
  }

  /** A place to which a thing came once; -1 if there is none. */
  private int reached(int thing) {
    return draws.any(config.places(), world.trail(thing)::wasOnceReached);
  }

  /** Asks somebody who carries as many things as drawn, so that not nearly all carry just one. */
  private boolean carried(Sentence sentence) {
    int most = 0;
    for (int actor = 0; actor < config.actors(); actor++) {
      most = Math.max(most, world.carriedBy(actor).length);
    }
    int count = draws.below(most + 1);
    int actor = draws.any(config.actors(), a -> world.carriedBy(a).length == count);
    if (most == 0 || actor < 0) {
      return false;
    }
    story.say(sentence, words().actor(actor));
    int[] things = world.carriedBy(actor);
    if (sentence == Sentence.HOW_MANY) {
      story.answer(words().number(things.length));
    } else if (things.length == 0) {
      story.answer(words().id("nothing"));
    } else {
      story.answer(Arrays.stream(things).map(words()::thing).toArray());
    }
    return true;
  }
}
