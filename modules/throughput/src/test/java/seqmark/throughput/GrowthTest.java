package seqmark.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.harness.Registry;
import seqmark.harness.ThroughputConfig;
import seqmark.harness.ThroughputConfig.Work;

/** The powers of the length that the literature gives, read off graphs. */
class GrowthTest {
  @TempDir Path folder;

  @Test
  void recurrenceIsLinearAndAttentionSquare() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            "name: c\nmodels: [{model: lstm-seq2seq}, {model: transformer-decoder}]\n");
    ThroughputConfig config = ThroughputConfig.read(file, List.of(), Registry.builtIn());
    Growth lstm = Growth.of(config.models().getFirst(), Work.FORWARD, 8);
    assertEquals("n", lstm.text());
    assertEquals("1", Growth.of(config.models().getFirst(), Work.GENERATION, 8).text());
    Growth attention = Growth.of(config.models().getLast(), Work.TRAINING, 8);
    assertEquals(2, attention.power());
    assertEquals("n² (" + String.join(", ", attention.ops()) + ")", attention.text());
    assertEquals(1, Growth.of(config.models().getLast(), Work.GENERATION, 8).power());
  }
}
