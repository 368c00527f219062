package seqmark.throughput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seqmark.compute.Cost;
import seqmark.compute.Graph;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.SourceWriter;
import seqmark.nn.Sources;
import seqmark.nn.State;
import seqmark.nn.Step;
import seqmark.nn.Tokens;

/**
 * One position of generation after the source has been read: token and carry go in, logits and
 * carry come out, as beam search needs them. The memory of the source stays where it is.
 */
final class GenerationWorkload implements Workload {
  private final Graph graph = new Graph(false);
  private final State state;
  private final Value token;
  private final Step step;
  private final Program program;
  private final float[] tokens;
  private final List<float[]> carry;
  private final List<float[]> nextCarry;
  private final float[] logits;

  GenerationWorkload(SequenceModel model, Session session, Sequences batch) {
    List<float[]> first = new ArrayList<>();
    State read = read(model, session, batch, first);
    int memories = read.memory().size();
    token = graph.input("token", batch.batch());
    state = new State(inputs("memory", read.memory()), inputs("carry", read.carry()));
    step = model.step(graph, state, token);
    graph.output(step.logits());
    step.next().carry().forEach(graph::output);
    program = session.compile(graph);
    for (int i = 0; i < memories; i++) {
      program.write(state.memory().get(i), first.get(i));
    }
    carry = first.subList(memories, first.size());
    nextCarry = carry.stream().map(c -> new float[c.length]).toList();
    tokens = new float[batch.batch()];
    Arrays.fill(tokens, Tokens.BOS);
    logits = new float[step.logits().shape().size()];
  }

  /** Reads the source; everything is fetched before another program runs. */
  private static State read(
      SequenceModel model, Session session, Sequences batch, List<float[]> values) {
    Graph g = new Graph(false);
    Source source = Source.inputs(g, batch.batch(), batch.length(), 0);
    State state = model.begin(g, source);
    List<Value> all = new ArrayList<>(state.memory());
    all.addAll(state.carry());
    all.forEach(g::output);
    Program program = session.compile(g);
    new SourceWriter(source).write(program, Sources.of(batch.sources()));
    program.run();
    for (Value v : all) {
      float[] data = new float[v.shape().size()];
      program.read(v, data);
      values.add(data);
    }
    return state;
  }

  private List<Value> inputs(String name, List<Value> like) {
    List<Value> inputs = new ArrayList<>();
    for (Value v : like) {
      inputs.add(graph.input(name + "." + inputs.size(), v.shape().toArray()));
    }
    return inputs;
  }

  /** Always the first position again: a step costs the same at each. */
  @Override
  public void step() {
    program.write(token, tokens);
    for (int i = 0; i < carry.size(); i++) {
      program.write(state.carry().get(i), carry.get(i));
    }
    program.run();
    program.read(step.logits(), logits);
    for (int i = 0; i < carry.size(); i++) {
      program.read(step.next().carry().get(i), nextCarry.get(i));
    }
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public List<Output> outputs() {
    List<Output> outputs = new ArrayList<>();
    program.read(step.logits(), logits);
    outputs.add(Output.of("logits", logits));
    for (int i = 0; i < carry.size(); i++) {
      program.read(step.next().carry().get(i), nextCarry.get(i));
      outputs.add(Output.of("carry." + i, nextCarry.get(i)));
    }
    return outputs;
  }

  @Override
  public Cost cost() {
    return graph.cost();
  }

  @Override
  public long memoryBytes() {
    return Memory.bytes(graph, program);
  }
}
