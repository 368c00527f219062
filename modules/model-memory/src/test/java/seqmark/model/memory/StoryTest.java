package seqmark.model.memory;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.CounterRandom;
import seqmark.compute.Session;
import seqmark.model.memory.MemoryNetworkConfig.Tying;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;
import seqmark.nn.Tokens;
import seqmark.nn.decode.Generated;
import seqmark.nn.decode.Generator;
import seqmark.nn.decode.Search;
import seqmark.nn.train.AdamW;
import seqmark.nn.train.Recipe;
import seqmark.nn.train.Schedule;
import seqmark.nn.train.TrainingStep;

/**
 * The task that memory networks were made for, in small: people go to places, and the question is
 * where one of them is now. The answer is in the last sentence about that person.
 */
class StoryTest {
  private static final int PEOPLE = 4;
  private static final int PLACES = 5;
  private static final int PERSON = Tokens.FIRST;
  private static final int PLACE = PERSON + PEOPLE;
  private static final int END = PLACE + PLACES;
  private static final int LONGEST = 6;
  private static final Problem PROBLEM =
      new Problem(END + 1, END + 1, 3 * LONGEST + 1, 1, true, 0, END);

  /** Stories with what they ask for. */
  private record Stories(int[][] sources, int[][] answers) {
    static Stories of(int count, CounterRandom random) {
      Stories stories = new Stories(new int[count][], new int[count][]);
      for (int i = 0; i < count; i++) {
        stories.tell(i, random.fork(i));
      }
      return stories;
    }

    private void tell(int story, CounterRandom random) {
      List<Integer> text = new ArrayList<>();
      int[] where = new int[PEOPLE];
      int sentences = 2 + random.below(LONGEST - 1, 0);
      int asked = 0;
      for (int i = 0; i < sentences; i++) {
        int person = random.below(PEOPLE, 1 + 3 * i);
        where[person] = PLACE + random.below(PLACES, 2 + 3 * i);
        text.addAll(List.of(PERSON + person, where[person], END));
        asked = i == 0 || random.below(2, 3 + 3 * i) == 0 ? person : asked;
      }
      text.add(PERSON + asked);
      sources[story] = text.stream().mapToInt(Integer::intValue).toArray();
      answers[story] = new int[] {where[asked]};
    }
  }

  @TestFactory
  Stream<DynamicTest> answersQuestionsAboutNewStories() {
    return Stream.of(
        learns(
            "adjacent",
            MemoryNetwork.of(
                new MemoryNetworkConfig(
                    32, 1, Tying.ADJACENT, Encoding.POSITION, Temporal.END, 1, 0),
                PROBLEM)),
        learns(
            "layer-wise",
            MemoryNetwork.of(
                new MemoryNetworkConfig(32, 2, Tying.LAYER_WISE, Encoding.BAG, Temporal.END, 1, 0),
                PROBLEM)),
        learns(
            "key-value",
            KeyValueMemory.of(
                new KeyValueMemoryConfig(32, 1, Encoding.POSITION, Temporal.END, 1, 0), PROBLEM)));
  }

  private static DynamicTest learns(String name, SequenceModel model) {
    return DynamicTest.dynamicTest(name, () -> learns(model));
  }

  private static void learns(SequenceModel model) {
    CounterRandom random = CounterRandom.seeded(1);
    Recipe recipe = new Recipe(AdamW.of(1e-2, 0.01), new Schedule.Constant(), 1, 0, 5);
    try (Session session = new Cpu().open(3, 1)) {
      TrainingStep step = new TrainingStep(model, session, recipe);
      for (int i = 0; i < 400; i++) {
        Stories stories = Stories.of(32, random.fork(i));
        step.run(i, Sources.of(stories.sources()), stories.answers());
      }
      Stories unseen = Stories.of(200, random.fork("test"));
      List<Generated> found =
          new Generator(model, session, new Search(1, 0, 1)).generate(Sources.of(unseen.sources()));
      int right = 0;
      for (int i = 0; i < 200; i++) {
        right += Arrays.equals(unseen.answers()[i], found.get(i).tokens()) ? 1 : 0;
      }
      assertTrue(right >= 190, right + " of 200 answers are right");
    }
  }
}
