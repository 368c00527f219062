package seqmark.throughput;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import seqmark.compute.Graph;
import seqmark.compute.Node;
import seqmark.compute.Scan;
import seqmark.compute.Value;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.harness.ThroughputConfig.Work;
import seqmark.nn.Batch;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.State;

/**
 * How a model's cost must grow in the end, read off its graph at two very long lengths: the largest
 * power of the length among its ops. Nothing is computed.
 *
 * @param power the exponent that wins
 * @param ops the ops that grow with it
 */
record Growth(int power, List<String> ops) {
  private static final int LONG = 4_096;

  /** The growth of one step of a part of a model's life; that of training is that of forward. */
  static Growth of(ModelEntry<?> model, Work work, int vocabulary) {
    Map<String, Double> once = flops(model, work, vocabulary, LONG);
    Map<String, Double> twice = flops(model, work, vocabulary, 2 * LONG);
    TreeMap<Integer, List<String>> byPower = new TreeMap<>();
    twice.forEach((op, flops) -> {
      double ratio = flops / once.getOrDefault(op, flops);
      int power = (int) Math.rint(Math.log(ratio) / Math.log(2));
      byPower.computeIfAbsent(power, p -> new ArrayList<>()).add(op);
    });
    int power = byPower.lastKey();
    return new Growth(power, byPower.get(power));
  }

  private static Map<String, Double> flops(
      ModelEntry<?> entry, Work work, int vocabulary, int length) {
    SequenceModel model = entry.create(Problem.of(vocabulary, vocabulary, length, length));
    Graph graph = new Graph(false);
    if (work == Work.GENERATION) {
      Graph begin = new Graph(false);
      State state = model.begin(begin, Source.inputs(begin, 1, length, 0));
      State inputs =
          new State(inputs(graph, "memory", state.memory()), inputs(graph, "carry", state.carry()));
      model.step(graph, inputs, graph.input("token", 1));
    } else {
      model.logits(graph, Batch.inputs(graph, 1, length, length, 0));
    }
    Map<String, Double> flops = new TreeMap<>();
    graph.nodes().forEach(node -> add(flops, node, 1));
    return flops;
  }

  private static List<Value> inputs(Graph graph, String name, List<Value> like) {
    List<Value> inputs = new ArrayList<>();
    for (Value v : like) {
      inputs.add(graph.input(name + "." + inputs.size(), v.shape().toArray()));
    }
    return inputs;
  }

  private static void add(Map<String, Double> flops, Node node, double times) {
    if (node.op() instanceof Scan scan) {
      scan.loop().nodes().forEach(n -> add(flops, n, times * scan.loop().steps()));
    } else {
      double cost = times * node.op().cost(node).flops();
      if (cost > 0) {
        flops.merge(node.op().name(), cost, Double::sum);
      }
    }
  }

  /** For instance {@code n² (attend)}. */
  String text() {
    String[] powers = {"1", "n", "n²", "n³"};
    String power = this.power < powers.length ? powers[this.power] : "n^" + this.power;
    return this.power <= 1 ? power : power + " (" + String.join(", ", ops) + ")";
  }
}
