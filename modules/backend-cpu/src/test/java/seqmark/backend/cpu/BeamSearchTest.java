package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.MemoryPlan;
import seqmark.compute.Ops;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.Sources;
import seqmark.nn.State;
import seqmark.nn.Step;
import seqmark.nn.decode.Generated;
import seqmark.nn.decode.Generator;
import seqmark.nn.decode.Search;
import seqmark.nn.layer.KeyValueCache;
import seqmark.nn.layer.KeyValueCache.Cursor;
import seqmark.nn.train.Evaluation;

/** Beams that go on from one another, with caches that every step writes in their place. */
class BeamSearchTest {
  private static final int VOCABULARY = 9;
  private static final int WIDTH = 5;
  private static final int LONGEST = 7;
  private static final int[][] SOURCES = {{3, 7}, {8}, {5, 4, 6}};

  /** Attends to all that it has written, and remembers the token before the last. */
  private record Remembering() implements SequenceModel {
    /** The steps one after the other, within one run: nothing is carried. */
    @Override
    public Value logits(Graph g, Batch batch) {
      State state = begin(g, batch.source());
      Value[] logits = new Value[batch.targetLength()];
      for (int t = 0; t < logits.length; t++) {
        Value token = Ops.reshape(Ops.slice(batch.input(), 1, t, t + 1), batch.batch());
        Step step = step(g, state, token);
        logits[t] = Ops.reshape(step.logits(), batch.batch(), 1, VOCABULARY);
        state = step.next();
      }
      return Ops.concat(1, logits);
    }

    @Override
    public State begin(Graph g, Source source) {
      Value first = Ops.reshape(Ops.slice(source.tokens(), 1, 0, 1), source.batch());
      KeyValueCache none = KeyValueCache.empty(g, source.batch(), LONGEST + 1, WIDTH, WIDTH);
      Value count = Cursor.start(g, source.batch(), LONGEST + 1).count();
      return new State(List.of(), List.of(none.keys(), none.values(), embedded(g, first), count));
    }

    @Override
    public Step step(Graph g, State state, Value token) {
      List<Value> carry = state.carry();
      Cursor cursor = new Cursor(carry.get(3), LONGEST + 1);
      Value now = embedded(g, token); // [B, D]
      Value column = Ops.reshape(Ops.add(now, carry.get(2)), token.shape().dim(0), 1, WIDTH);
      KeyValueCache cache =
          new KeyValueCache(carry.get(0), carry.get(1)).write(cursor, column, column);
      Value scores = Ops.attentionDot(now, cache.keys()); // [B, C]
      Value read = Ops.attentionMix(Ops.softmax(scores, cursor.written()), cache.values());
      Value logits = Ops.dense(Ops.add(read, now), weight(g, "out", WIDTH, VOCABULARY));
      State next = state.with(cache.keys(), cache.values(), now, cursor.next());
      return new Step(logits, next, Optional.empty());
    }

    private static Value embedded(Graph g, Value ids) {
      return Ops.lookup(weight(g, "embedding", VOCABULARY, WIDTH), ids);
    }

    private static Value weight(Graph g, String name, int rows, int columns) {
      return g.parameter(name, Init.normal(0.8), rows, columns);
    }
  }

  private static List<Generated> generated(Session session, int beam) {
    Search search = new Search(beam, 0, LONGEST);
    return new Generator(new Remembering(), session, search).generate(Sources.of(SOURCES));
  }

  @Test
  void aStepWritesItsCachesInTheirPlace() {
    Graph g = new Graph(false);
    State state = new Remembering().begin(g, Source.inputs(g, 6, 3, 0));
    List<Value> carry = new ArrayList<>();
    state.carry().forEach(v -> carry.add(g.input("carry" + carry.size(), v.shape().toArray())));
    Step step = new Remembering().step(g, new State(List.of(), carry), g.input("token", 6));
    g.output(step.logits());
    for (int i = 0; i < carry.size(); i++) {
      g.carry(carry.get(i), step.next().carry().get(i));
    }
    MemoryPlan plan = new MemoryPlan(g, n -> 0);
    for (Value cache : carry.subList(0, 2)) {
      assertEquals(plan.place(cache), plan.place(g.carried().get(cache)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void beamsFindWhatTheyFindWithEveryValueInAnArrayOfItsOwn(int beam) {
    for (int seed = 0; seed < 10; seed++) {
      try (Session cpu = new Cpu().open(seed, 1);
          Session reference = new Reference().open(seed, 1)) {
        List<Generated> expected = generated(reference, beam);
        List<Generated> found = generated(cpu, beam);
        for (int i = 0; i < SOURCES.length; i++) {
          assertArrayEquals(expected.get(i).tokens(), found.get(i).tokens());
          assertEquals(expected.get(i).logProbability(), found.get(i).logProbability(), 1e-4);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void anOutputIsAsLikelyAsTheModelSaysOfAllItsTokensAtOnce(int beam) {
    int ended = 0;
    for (int seed = 0; seed < 10; seed++) {
      try (Session session = new Cpu().open(seed, 1)) {
        List<Generated> found = generated(session, beam);
        Evaluation evaluation = new Evaluation(new Remembering(), session);
        for (int i = 0; i < SOURCES.length; i++) {
          int[] tokens = found.get(i).tokens();
          if (tokens.length < LONGEST) { // else the end token is not counted
            double nats = evaluation.loss(Sources.of(SOURCES[i]), new int[][] {tokens}).nats();
            assertEquals(-nats, found.get(i).logProbability(), 1e-4);
            ended++;
          }
        }
      }
    }
    assertTrue(ended > 3, "outputs that ended: " + ended);
  }
}
