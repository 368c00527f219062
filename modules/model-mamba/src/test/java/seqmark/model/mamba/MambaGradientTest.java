package seqmark.model.mamba;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.testkit.ModelGradientCheck;

class MambaGradientTest {
  @TestFactory
  Stream<DynamicTest> everySetting() {
    return ModelGradientCheck.of(new MambaProvider(), new MambaTest().settings(), 5);
  }
}
