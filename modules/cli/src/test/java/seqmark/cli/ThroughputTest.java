package seqmark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a config to a throughput report, with real virtual machines in between. */
class ThroughputTest {
  @TempDir Path folder;

  @Test
  void fromAConfigToAReport() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("tiny.yaml"),
            """
            name: tiny
            models: [{model: gru-seq2seq, hidden: 8, embedding: 4}]
            backends: [{backend: cpu, threads: 1}]
            work: [generation]
            batch: [2]
            length: [4]
            """);
    Path out = folder.resolve("out");
    Captured run = Captured.run("throughput", config.toString(), "--quick", "--out=" + out);
    assertEquals(Exit.OK, run.code(), run.err() + run.out());
    assertTrue(run.out().contains("[1/1] gru-seq2seq, generation, batch 2, length 4"), run.out());
    Path page = out.resolve("index.html");
    assertTrue(run.out().endsWith("Report: " + page + "\n"), run.out());
    String html = Files.readString(page);
    assertTrue(html.contains("all gates green"), html);
    assertTrue(html.contains("Not for quoting"), html);
    assertTrue(Files.readString(out.resolve("results.json")).contains("\"gateGreen\" : true"));
    assertEquals(2, Files.readAllLines(out.resolve("results.csv")).size());
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    Path config = Files.writeString(folder.resolve("bad.yaml"), "name: x\nmodles: []\n");
    Captured run = Captured.run("throughput", config.toString());
    assertEquals(Exit.USER_ERROR, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("did you mean 'models'?"), run.err());
  }
}
