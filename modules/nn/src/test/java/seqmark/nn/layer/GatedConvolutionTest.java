package seqmark.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.dense;
import static seqmark.compute.Ops.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Reference;
import seqmark.compute.Value;
import seqmark.compute.op.Gate;

class GatedConvolutionTest {
  @Test
  void partsThatAreMappedFirstAndGatheredThenGiveTheSame() {
    for (Gate.Form form : Gate.Form.values()) {
      compare(form, 7);
      compare(form, 150);
    }
  }

  private static void compare(Gate.Form form, int length) {
    Graph g = new Graph(false);
    Value x = g.parameter("x", Init.normal(1), 2, length, 5);
    Window window = new Window(3, 2, true);
    var convolution = GatedConvolution.of(g, "conv", window, 5, 4, form, Init.normal(1));
    List<Value> parts = split(x, 2, 2, 3);
    List<List<Value>> taps = convolution.taps(2, 3);
    Value mapped = add(mapped(parts.get(0), taps.get(0)), mapped(parts.get(1), taps.get(1)));
    Value mask = g.parameter("mask", Init.constant(1), 2, length);
    Value gathered = g.output(convolution.gather(mapped, mask));
    Value applied = g.output(convolution.apply(x, mask));
    Map<Value, double[]> given = initial(g);
    given.get(mask)[length - 1] = 0;
    Map<Value, double[]> values = Reference.evaluate(g, given);
    assertArrayEquals(values.get(applied), values.get(gathered), 1e-12);
  }

  private static Value mapped(Value part, List<Value> taps) {
    return dense(part, concat(1, taps.toArray(Value[]::new)));
  }

  private static Map<Value, double[]> initial(Graph g) {
    Map<Value, double[]> values = new HashMap<>();
    for (Value v : g.parameters()) {
      float[] floats = g.initial(v.name(), 1);
      values.put(v, IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray());
    }
    return values;
  }
}
