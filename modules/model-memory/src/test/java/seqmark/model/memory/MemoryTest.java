package seqmark.model.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.model.memory.MemoryNetworkConfig.Tying;
import seqmark.nn.Batch;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.SourceWriter;
import seqmark.nn.Sources;
import seqmark.nn.Step;
import seqmark.nn.Tokens;
import seqmark.testkit.GradientCheck;

/** What is particular to memory networks. */
class MemoryTest {
  private static final int END = 5;

  /** A task whose sources are sentences. */
  static final Problem SENTENCES = new Problem(9, 11, 16, 8, false, 0, END);

  private static final int[] STORY = {3, 4, END, 6, 7, 8, END, 4, 7, END, 3, 6};
  private static final int[] OTHER_ORDER = {4, 7, END, 3, 4, END, 6, 7, 8, END, 3, 6};
  private static final int[] OTHER_WORDS = {4, 3, END, 6, 7, 8, END, 4, 7, END, 3, 6};

  private static SequenceModel model(Encoding encoding, Temporal temporal) {
    return MemoryNetwork.of(
        new MemoryNetworkConfig(16, 3, Tying.ADJACENT, encoding, temporal, 2, 0), SENTENCES);
  }

  private static float[] run(Graph g, Source input, int[] source, Value result) {
    g.output(result);
    float[] data = new float[result.shape().size()];
    try (Session session = new Reference().open(1, 1)) {
      Program program = session.compile(g);
      new SourceWriter(input).write(program, Sources.of(source));
      program.run();
      program.read(result, data);
    }
    return data;
  }

  private static Step firstStep(SequenceModel model, Graph g, Source input) {
    return model.step(g, model.begin(g, input), Ops.fill(g, Tokens.BOS, Shape.of(1)));
  }

  private static float[] logits(SequenceModel model, int[] source) {
    Graph g = new Graph(false);
    Source input = Source.inputs(g, 1, source.length, 0);
    return run(g, input, source, firstStep(model, g, input).logits());
  }

  private static boolean same(SequenceModel model, int[] other) {
    float[] expected = logits(model, STORY);
    float[] found = logits(model, other);
    return IntStream.range(0, found.length).allMatch(i -> Math.abs(found[i] - expected[i]) < 1e-7);
  }

  @Test
  void onlyTemporalEncodingKnowsTheOrderOfSentences() {
    for (Encoding encoding : Encoding.values()) {
      assertTrue(same(model(encoding, Temporal.NONE), OTHER_ORDER), "none");
      for (Temporal temporal : new Temporal[] {Temporal.START, Temporal.END, Temporal.BOTH}) {
        assertTrue(!same(model(encoding, temporal), OTHER_ORDER), temporal::toString);
      }
    }
  }

  @Test
  void onlyPositionEncodingKnowsTheOrderOfWords() {
    assertTrue(same(model(Encoding.BAG, Temporal.END), OTHER_WORDS));
    assertTrue(!same(model(Encoding.POSITION, Temporal.END), OTHER_WORDS));
  }

  @Test
  void attentionIsSpreadOverSentencesButForTheQuestion() {
    Graph g = new Graph(false);
    Source input = Source.inputs(g, 1, STORY.length, 0);
    Step step = firstStep(model(Encoding.POSITION, Temporal.END), g, input);
    float[] attention = run(g, input, STORY, step.attention().orElseThrow());
    double sum = IntStream.range(0, attention.length).mapToDouble(i -> attention[i]).sum();
    assertEquals(1, sum, 1e-6);
    assertEquals(attention[0], attention[2]);
    assertEquals(attention[3], attention[6]);
    assertArrayEquals(new float[2], Arrays.copyOfRange(attention, 10, 12));
  }

  /** Section 4.1, word by word. */
  @Test
  void positionEncodingIsThePapers() {
    int width = 3;
    Graph g = new Graph(false);
    Source input = Source.inputs(g, 1, STORY.length, 0);
    Form form = new Form(SENTENCES, width, 1, Encoding.POSITION, Temporal.NONE, 0);
    Value ones = Ops.fill(g, 1, Shape.of(1, STORY.length, width));
    float[] found = run(g, input, STORY, Slots.of(input, form).sum(ones));
    int[] lengths = {3, 4, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0};
    for (int m = 0; m < lengths.length; m++) {
      for (int k = 1; k <= width; k++) {
        double sum = 0;
        for (double j = 1; j <= lengths[m]; j++) {
          double progress = j / lengths[m];
          sum += (1 - progress) - (double) k / width * (1 - 2 * progress);
        }
        assertEquals(sum, found[m * width + k - 1], 1e-6, "sentence " + m + ", element " + k);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> gradients() {
    Stream<DynamicTest> networks =
        MemoryNetworkTest.small().entrySet().stream()
            .map(e -> check(e.getKey(), MemoryNetwork.of(e.getValue().withWidth(5), SENTENCES)));
    Stream<DynamicTest> keyed =
        KeyValueMemoryTest.small().entrySet().stream()
            .map(e -> check(e.getKey(), KeyValueMemory.of(e.getValue().withWidth(5), SENTENCES)));
    return Stream.concat(networks, keyed);
  }

  private static DynamicTest check(String name, SequenceModel model) {
    Map<String, double[]> inputs =
        Map.of(
            "source", new double[] {3, 5, 4, 6, 5, 8, 7, 6, 5, 4, 0, 0},
            "source.mask", new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0},
            "target.in", new double[] {1, 3, 4, 1, 5, 0},
            "target.out", new double[] {3, 4, 2, 5, 2, 0},
            "target.mask", new double[] {1, 1, 1, 1, 1, 0},
            "random", new double[] {12345, 678});
    return DynamicTest.dynamicTest(
        name, () -> GradientCheck.check(g -> loss(g, model), inputs, 12));
  }

  private static Value loss(Graph g, SequenceModel model) {
    Batch batch = Batch.inputs(g, 2, 6, 3, 0);
    Value logits = model.logits(g, batch);
    return Ops.sum(Ops.crossEntropy(logits, batch.target(), batch.mask(), 0.1));
  }

  private static void assertMessage(String expected, Executable code) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void badSettingsAreNamedWithTheirRange() {
    assertMessage(
        "hops: must be at least 1, found 0",
        () -> new MemoryNetworkConfig(8, 0, Tying.ADJACENT, Encoding.BAG, Temporal.END, 1, 0));
    assertMessage(
        "context: must be at least 1, found 0",
        () -> new KeyValueMemoryConfig(8, 1, Encoding.BAG, Temporal.END, 0, 0));
    assertMessage(
        "width: must be at least 1, found 0",
        () -> new KeyValueMemoryConfig(0, 1, Encoding.BAG, Temporal.END, 1, 0));
    assertMessage(
        "dropout: must be in [0, 1), found 1.0",
        () -> new MemoryNetworkConfig(8, 1, Tying.ADJACENT, Encoding.BAG, Temporal.END, 1, 1));
  }

  @Test
  void settingsAreSpelledAsInConfigs() {
    assertEquals("layer-wise", Tying.LAYER_WISE.toString());
    assertEquals("position", Encoding.POSITION.toString());
    assertEquals("both", Temporal.BOTH.toString());
  }

  @Test
  void sequencesLongerThanTheTablesAreRefused() {
    Graph g = new Graph(false);
    SequenceModel model = model(Encoding.BAG, Temporal.END);
    assertMessage(
        "memory: built for sources of up to 16 tokens, found 17: set the task's longest length to"
            + " it",
        () -> model.logits(g, Batch.inputs(g, 1, 17, 2, 0)));
    assertMessage(
        "memory: built for inputs of up to 9 tokens, found 10: set the task's longest length to"
            + " it",
        () -> model.logits(g, Batch.inputs(g, 1, 2, 10, 0)));
  }
}
