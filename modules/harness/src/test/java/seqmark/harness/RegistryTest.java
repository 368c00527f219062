package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
  @TempDir Path folder;

  @Test
  void findsProvidersByName() {
    Registry registry = Registry.load(Optional.empty());
    assertEquals("bahdanau", registry.model("bahdanau").id());
    assertEquals("g2p", registry.task("g2p").id());
    assertEquals("cpu", registry.backend("cpu").name());
    UserError e = assertThrows(UserError.class, () -> registry.backend("gpu"));
    assertEquals(
        "unknown backend 'gpu'; did you mean 'cpu'?; known: cpu, reference", e.getMessage());
  }

  @Test
  void plugInFoldersMustHoldModules() throws IOException {
    assertEquals(
        Registry.load(Optional.empty()).models().size(),
        Registry.load(Optional.of(folder)).models().size());
    Files.writeString(folder.resolve("broken.jar"), "no archive");
    UserError e = assertThrows(UserError.class, () -> Registry.load(Optional.of(folder)));
    assertTrue(e.getMessage().startsWith("plug-ins in " + folder), e.getMessage());
    e = assertThrows(UserError.class, () -> Registry.load(Optional.of(folder.resolve("missing"))));
    assertTrue(e.getMessage().endsWith("is not a folder"), e.getMessage());
  }
}
