package seqmark.model.transformer;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.testkit.ModelGradientCheck;

class TransformerGradientTest {
  @TestFactory
  Stream<DynamicTest> encoderDecoder() {
    return ModelGradientCheck.of(new TransformerProvider(), new TransformerTest().settings(), 5);
  }

  @TestFactory
  Stream<DynamicTest> decoder() {
    return ModelGradientCheck.of(
        new TransformerDecoderProvider(), new TransformerDecoderTest().settings(), 5);
  }

  @TestFactory
  Stream<DynamicTest> encoder() {
    return ModelGradientCheck.of(
        new TransformerEncoderProvider(), new TransformerEncoderTest().settings(), 5);
  }
}
