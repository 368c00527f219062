package seqmark.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import seqmark.compute.Graph;
import seqmark.compute.Value;

/** What the parameters and tables of a graph start from, for runs on the float64 reference. */
public final class InitialValues {
  private InitialValues() {}

  /** All persistent values of a graph in a session of this seed, in a map of its own. */
  public static Map<Value, double[]> of(Graph g, long seed) {
    Map<Value, double[]> values = new HashMap<>();
    g.persistent()
        .forEach((name, value) -> {
          float[] initial = g.initial(name, seed);
          values.put(
              value, IntStream.range(0, initial.length).mapToDouble(i -> initial[i]).toArray());
        });
    return values;
  }
}
