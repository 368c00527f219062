package seqmark.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.compute.Backend;
import seqmark.compute.Graph;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.harness.Registry;
import seqmark.harness.ThroughputConfig.Work;
import seqmark.nn.Batch;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.Step;

class RepetitionTest {
  @Test
  void isTheLargestDivisorThatTheReferenceCanTake() {
    assertEquals(32, Repetition.distinct(32, 1));
    assertEquals(8, Repetition.distinct(32, 2e8 / 15));
    assertEquals(2, Repetition.distinct(6, 2e8 / 2.5));
    assertEquals(1, Repetition.distinct(32, 1e12));
  }

  /** Classes and compiled code of an earlier trace would make the first step quicker. */
  @Test
  void theForkTracesNothingBeforeItsFirstStep() {
    Registry registry = Registry.builtIn();
    Traced model = new Traced(create(registry), new ArrayList<>());
    Backend backend =
        new Backend() {
          @Override
          public String name() {
            return "late";
          }

          @Override
          public Session open(long seed, int threads) {
            assertEquals(List.of(), model.traces());
            return registry.backend("cpu").open(seed, threads);
          }
        };
    Case of = new Case("m", "late", Work.FORWARD, 2, 5);
    Subject.open(of, 2, model, backend, 1, 1, 11).close();
    assertEquals(List.of("logits", "logits"), model.traces(), "its own and the reference's");
    assertEquals(2, Repetition.distinct(of, model, 1, 11));
    assertEquals(3, model.traces().size());
  }

  private static SequenceModel create(Registry registry) {
    return create(registry.model("gru-seq2seq"));
  }

  private static <C extends Record> SequenceModel create(ModelProvider<C> provider) {
    return provider.create(provider.withWidth(provider.defaults(), 8), Problem.of(11, 11, 5, 5));
  }

  private record Traced(SequenceModel model, List<String> traces) implements SequenceModel {
    @Override
    public Value logits(Graph g, Batch batch) {
      traces.add("logits");
      return model.logits(g, batch);
    }

    @Override
    public State begin(Graph g, Source source) {
      traces.add("begin");
      return model.begin(g, source);
    }

    @Override
    public Step step(Graph g, State state, Value token) {
      traces.add("step");
      return model.step(g, state, token);
    }
  }
}
