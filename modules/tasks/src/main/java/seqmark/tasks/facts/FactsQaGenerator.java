package seqmark.tasks.facts;

import java.util.List;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Drawing;
import seqmark.tasks.DrawnTask;
import seqmark.tasks.Example;
import seqmark.tasks.Sizes;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.Exact;
import seqmark.tasks.metric.TokenAccuracy;

/** The stories of {@link FactsQa}. */
final class FactsQaGenerator implements Drawing.Generator {
  /** Whoever has told so many sentences without a story that fits would tell for hours. */
  private static final int MOST_SENTENCES = 200_000;

  private final FactsQa.Config config;
  private final Words words;
  private final boolean asksInPlace;

  FactsQaGenerator(FactsQa.Config config) {
    this.config = config;
    this.words = new Words(config);
    this.asksInPlace = config.kinds().stream().noneMatch(Kind::hasLongAnswers);
  }

  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    Kind kind = config.kinds().get(fixed.below(config.kinds().size(), 0));
    int fewest = config.sentences().getFirst();
    int sentences = fewest + fixed.below(config.sentences().getLast() - fewest + 1, 1);
    Story story = new Story(words);
    for (int attempt = 0; !tell(story, kind, sentences, free.fork(attempt)); attempt++) {
      story.clear();
    }
    int[] source = story.text();
    return asksInPlace
        ? Example.asking(source, story.answer(), new int[] {source.length - 1})
        : Example.of(source, story.answer());
  }

  /** Tells a story; says whether it answers a question of this kind. */
  private boolean tell(Story story, Kind kind, int sentences, CounterRandom random) {
    Draws draws = new Draws(random);
    if (kind == Kind.PATH) {
      Land land = new Land(words, config.places(), sentences, draws);
      land.tell(story);
      land.ask(story);
      return true;
    }
    World world = new World(config, story, kind.isAboutMoves(), draws);
    for (int i = 0; i < sentences; i++) {
      world.happen();
    }
    return new Question(config, world, story, draws).ask(kind);
  }

  /** Tells of kinds of questions that hardly any story answers before anything is made of them. */
  private void checkKinds(CounterRandom random) {
    for (Kind kind : config.kinds()) {
      for (int sentences : config.sentences()) {
        Story story = new Story(words);
        int stories = 0;
        while (!tell(story, kind, sentences, random.fork(stories))) {
          story.clear();
          stories++;
          if (stories * sentences > MOST_SENTENCES) {
            throw new IllegalArgumentException(
                "sentences is %s, expected others for %s: of %d random stories of %d sentences with %d actors, %d places and %d things none answers such a question"
                    .formatted(
                        config.sentences(),
                        kind,
                        stories,
                        sentences,
                        config.actors(),
                        config.places(),
                        config.things()));
          }
        }
      }
    }
  }

  /** The task of these examples. */
  Task task(long seed) {
    checkKinds(CounterRandom.seeded(seed));
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    Drawing drawing = new Drawing(sizes, CounterRandom.seeded(seed), this);
    Vocabulary symbols = words.vocabulary();
    int end = words.id(".");
    return new DrawnTask(
        symbols,
        symbols,
        0,
        end,
        drawing,
        difficulty(end),
        List.of(Exact.accuracy("accuracy"), new TokenAccuracy("word accuracy")));
  }

  private static Difficulty difficulty(int end) {
    return new Difficulty("sentences", example -> count(example.source(), end));
  }

  private static int count(int[] source, int wanted) {
    int count = 0;
    for (int id : source) {
      count += id == wanted ? 1 : 0;
    }
    return count;
  }
}
