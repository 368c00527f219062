package seqmark.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.harness.Registry;
import seqmark.harness.ThroughputConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With real virtual machines. */
class ThroughputRunTest {
  @TempDir Path folder;

  /** As Ctrl-C does, between two cases. */
  @Test
  void whatIsThroughIsThereWhenTheRunIsStopped() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            name: stopped
            models: [{model: gru-seq2seq, hidden: 8, embedding: 4}]
            backends: [{backend: cpu, threads: 1}]
            work: [generation, forward]
            batch: [2]
            length: [4]
            """);
    Registry registry = Registry.builtIn();
    ThroughputConfig config = ThroughputConfig.read(file, List.of(), registry);
    Path out = folder.resolve("out");
    Throughput throughput =
        new Throughput(config, registry, List.of(), out, true, ThroughputRunTest::stop);
    assertThrows(CancellationException.class, throughput::run);
    JsonNode json = new JsonMapper().readTree(Files.readString(out.resolve("results.json")));
    assertEquals(1, json.path("rows").size());
    assertTrue(json.path("rows").get(0).path("tokensPerSecond").asDouble() > 0, json.toString());
    assertFalse(json.path("complete").asBoolean());
    assertEquals(2, Files.readAllLines(out.resolve("results.csv")).size());
    assertTrue(Files.readString(out.resolve("index.html")).contains("1 of 2 cases"));
  }

  private static void stop(String line) {
    if (line.startsWith("[1/2]")) {
      throw new CancellationException(line);
    }
  }
}
