package seqmark.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import seqmark.tasks.Task;
import seqmark.tasks.facts.FactsQa;
import seqmark.tasks.facts.Kind;

/** The contract, applied to stories of all kinds, each of which is read by {@link StoryReader}. */
class FactsQaTasksTest {
  private abstract static class Facts extends TaskContract {
    private final List<Kind> kinds;

    Facts(Kind... kinds) {
      this.kinds = List.of(kinds);
    }

    @Override
    protected Task task(long seed) {
      FactsQa.Config config = new FactsQa.Config(kinds, List.of(5, 11), 4, 12, 6, 1_000, 100, 100);
      return new FactsQa().create(config, seed, Path.of("."));
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) ->
          task.target().ids(StoryReader.answer(task.source().text(question.source()))));
    }
  }

  @Nested
  class SingleFact extends Facts {
    SingleFact() {
      super(Kind.SINGLE_FACT);
    }
  }

  @Nested
  class TwoFacts extends Facts {
    TwoFacts() {
      super(Kind.TWO_FACTS);
    }
  }

  @Nested
  class ThreeFacts extends Facts {
    ThreeFacts() {
      super(Kind.THREE_FACTS);
    }
  }

  @Nested
  class YesOrNo extends Facts {
    YesOrNo() {
      super(Kind.YES_NO);
    }
  }

  @Nested
  class CountsAndLists extends Facts {
    CountsAndLists() {
      super(Kind.COUNT, Kind.LIST);
    }
  }

  @Nested
  class Paths extends Facts {
    Paths() {
      super(Kind.PATH);
    }
  }

  @Nested
  class AllKinds extends Facts {
    AllKinds() {
      super(Kind.values());
    }
  }
}
