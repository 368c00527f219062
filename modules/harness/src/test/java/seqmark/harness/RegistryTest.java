package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RegistryTest {
  @Test
  void findsProvidersByName() {
    Registry registry = Registry.builtIn();
    assertEquals("bahdanau", registry.model("bahdanau").id());
    assertEquals("g2p", registry.task("g2p").id());
    assertEquals("cpu", registry.backend("cpu").name());
    UserError e = assertThrows(UserError.class, () -> registry.backend("gpu"));
    assertEquals(
        "unknown backend 'gpu'; did you mean 'cpu'?; known: cpu, reference, tornado",
        e.getMessage());
  }
}
