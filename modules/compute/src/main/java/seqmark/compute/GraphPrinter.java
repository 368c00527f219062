package seqmark.compute;

import java.util.stream.Collectors;

/** Writes a graph for people: one line per node, loop bodies indented. */
final class GraphPrinter {
  private GraphPrinter() {}

  static String print(Graph graph) {
    Liveness live = new Liveness(graph);
    StringBuilder text = new StringBuilder();
    graph.inputs().forEach(v -> text.append("input     ").append(v).append('\n'));
    graph.persistent().values().forEach(v -> text.append("persists  ").append(v).append('\n'));
    for (Node n : graph.nodes()) {
      line(text, "", n, live);
      if (n.op() instanceof Scan scan) {
        scan.loop().carries().forEach(c -> text.append("    carry ").append(c.in()).append('\n'));
        scan.loop().nodes().forEach(b -> line(text, "    ", b, live));
      }
    }
    Cost cost = graph.cost();
    return text.append(
            "%d parameters, %.1f MFLOP, %.1f MB moved%n"
                .formatted(graph.parameterCount(), cost.flops() / 1e6, cost.bytes() / 1e6))
        .toString();
  }

  private static void line(StringBuilder text, String indent, Node n, Liveness live) {
    text.append(
        "%s%-50s %s -> %s  %s  %s%n"
            .formatted(
                indent,
                n.name(),
                n.in().stream().map(Value::name).collect(Collectors.joining(", ", "(", ")")),
                n.out(),
                live.runs(n) ? print(live.cost(n)) : "does not run",
                n.origin()));
  }

  private static String print(Cost cost) {
    return "%,d flop %,d B".formatted(cost.flops(), cost.bytes());
  }
}
