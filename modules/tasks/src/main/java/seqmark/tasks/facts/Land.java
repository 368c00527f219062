package seqmark.tasks.facts;

import java.util.Arrays;

/**
 * Places on a grid, of which a story tells how one lies to the other. What it tells is a tree, so
 * that just one way leads from each place to each other.
 */
final class Land {
  private static final int SHORTEST_WAY = 2;
  private static final int LONGEST_WAY = 3;

  /** One step in each direction, in the order of {@link Words#DIRECTIONS}. */
  private static final int[] EAST = {0, 1, 0, -1};

  private static final int[] NORTH = {1, 0, -1, 0};

  private final Words words;
  private final Draws draws;

  /** Names by number. */
  private final int[] places;

  private final int[] x;
  private final int[] y;

  /** The place next to which one was put; it has a lower number. */
  private final int[] parent;

  /** In which direction from there. */
  private final int[] direction;

  /**
   * A land of one place more than there are neighbours to tell of.
   *
   * @param names how many places could be in it
   */
  Land(Words words, int names, int neighbours, Draws draws) {
    this.words = words;
    this.draws = draws;
    this.places = Arrays.copyOf(draws.shuffled(names), neighbours + 1);
    this.x = new int[places.length];
    this.y = new int[places.length];
    this.parent = new int[places.length];
    this.direction = new int[places.length];
    for (int i = 1; i < places.length; i++) {
      do {
        parent[i] = draws.below(i);
        direction[i] = draws.below(EAST.length);
        x[i] = x[parent[i]] + EAST[direction[i]];
        y[i] = y[parent[i]] + NORTH[direction[i]];
      } while (isTaken(i));
    }
  }

  private boolean isTaken(int place) {
    for (int i = 0; i < place; i++) {
      if (x[i] == x[place] && y[i] == y[place]) {
        return true;
      }
    }
    return false;
  }

  private static int opposite(int direction) {
    return (direction + 2) % EAST.length;
  }

  /** Tells of all neighbours, in any order and from either side. */
  void tell(Story story) {
    for (int edge : draws.shuffled(places.length - 1)) {
      int place = words.place(places[edge + 1]);
      int next = words.place(places[parent[edge + 1]]);
      int towards = direction[edge + 1];
      if (draws.below(2) == 0) {
        story.say(Sentence.LIES, place, next, words.direction(towards));
      } else {
        story.say(Sentence.LIES, next, place, words.direction(opposite(towards)));
      }
    }
  }

  /** Asks for a way. */
  void ask(Story story) {
    int from;
    int to;
    int[] way;
    do {
      from = draws.below(places.length);
      to = draws.below(places.length);
      way = way(from, to);
    } while (way.length < SHORTEST_WAY || way.length > LONGEST_WAY);
    story.say(Sentence.WHICH_WAY, words.place(places[from]), words.place(places[to]));
    story.answer(Arrays.stream(way).map(words::direction).toArray());
  }

  /** Up from one place and down to the other, as a parent always has the lower number. */
  private int[] way(int from, int to) {
    int[] up = new int[places.length];
    int[] down = new int[places.length];
    int ups = 0;
    int downs = 0;
    int a = from;
    int b = to;
    while (a != b) {
      if (a > b) {
        up[ups++] = opposite(direction[a]);
        a = parent[a];
      } else {
        down[downs++] = direction[b];
        b = parent[b];
      }
    }
    int[] way = Arrays.copyOf(up, ups + downs);
    for (int i = 0; i < downs; i++) {
      way[ups + i] = down[downs - 1 - i];
    }
    return way;
  }
}
