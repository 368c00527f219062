package seqmark.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On logs as JMH 1.37 writes them. */
class ForkEndTest {
  @TempDir Path folder;

  @Test
  void aSignalHasItsName() throws IOException {
    assertEquals(
        "the virtual machine died, exit code 139 (128 + 11, SIGSEGV)",
        end(
            "# Warmup Iteration   1: <forked VM failed with exit code 139>\n<stdout last='20 lines'>\n"));
    assertEquals(
        "the virtual machine died, exit code 3",
        end("Iteration   1: <forked VM failed with exit code 3>\n"));
    assertEquals(
        "the virtual machine died, exit code 200", end("<forked VM failed with exit code 200>\n"));
  }

  @Test
  void whatWasThrownIsTold() throws IOException {
    assertEquals(
        "backend x: too large (exit code 1)",
        end(
            """
            # Warmup Iteration   1: <failure>

            java.lang.IllegalStateException: backend x: too large
            \tat seqmark/seqmark.A.b(A.java:3)
            Caused by: java.lang.RuntimeException: y

            <forked VM failed with exit code 1>
            """));
    assertEquals(
        "java.lang.StackOverflowError", end("<failure>\n\njava.lang.StackOverflowError\n\tat a\n"));
  }

  @Test
  void nothingIsToldByNothing() throws IOException {
    assertEquals("the virtual machine told no result", end("# Fork: 1 of 1\n"));
    assertEquals("the virtual machine told no result", ForkEnd.of(folder.resolve("none.log")));
  }

  private String end(String log) throws IOException {
    return ForkEnd.of(Files.writeString(folder.resolve("fork.log"), log));
  }
}
