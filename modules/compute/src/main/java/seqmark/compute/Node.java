package seqmark.compute;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One op applied to values: an entry of the graph's list in execution order. */
public final class Node {
  private final Op op;
  private final String name;
  private final String origin;
  private final List<Value> in;
  private final List<Value> out = new ArrayList<>();

  Node(Op op, String name, String origin, List<Value> in) {
    this.op = op;
    this.name = name;
    this.origin = origin;
    this.in = new ArrayList<>(in);
  }

  /** What is computed. */
  public Op op() {
    return op;
  }

  /** The op's name and a number, for instance {@code dense#12}. */
  public String name() {
    return name;
  }

  /** The line of model code that made this node, for instance {@code Bahdanau.java:71}. */
  public String origin() {
    return origin;
  }

  /** The operands. */
  public List<Value> in() {
    return Collections.unmodifiableList(in);
  }

  /** The results. */
  public List<Value> out() {
    return Collections.unmodifiableList(out);
  }

  /** Operand {@code i}. */
  public Value in(int i) {
    return in.get(i);
  }

  /** Result {@code i}. */
  public Value out(int i) {
    return out.get(i);
  }

  /** The operand in whose memory a result may be written, or -1; see {@link Op#inPlace}. */
  int inPlace(int result) {
    int operand = op.inPlace(result);
    return operand < in.size() ? operand : -1;
  }

  void addInput(Value value) {
    in.add(value);
  }

  void addOutput(Value value) {
    out.add(value);
  }

  @Override
  public String toString() {
    return name + " " + in + " -> " + out + " (" + origin + ")";
  }
}
