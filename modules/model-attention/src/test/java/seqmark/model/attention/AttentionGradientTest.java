package seqmark.model.attention;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.testkit.ModelGradientCheck;

class AttentionGradientTest {
  @TestFactory
  Stream<DynamicTest> bahdanau() {
    return ModelGradientCheck.of(new BahdanauProvider(), new BahdanauTest().settings(), 5);
  }

  @TestFactory
  Stream<DynamicTest> luong() {
    return ModelGradientCheck.of(new LuongProvider(), new LuongTest().settings(), 5);
  }
}
