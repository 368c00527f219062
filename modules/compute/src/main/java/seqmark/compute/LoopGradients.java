package seqmark.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of a loop: another loop, backwards in time.
 *
 * <p>What the body computed and its gradient needs is stacked over time by the forward loop. The
 * gradient of a value from outside either leaves the loop as one op over all steps (weights) or is
 * summed up in a carry, in place (a memory that is attended to).
 */
final class LoopGradients implements GradientContext {
  private record Hoisted(Value operand, Op op, Value[] args) {}

  private final Gradients outer;
  private final Loop forward;
  private final Loop backward;
  private final Map<Value, Value> sums = new HashMap<>();
  private final Map<Value, Value> views = new HashMap<>();
  private final Map<Value, Value> outsideCarries = new LinkedHashMap<>();
  private final List<Hoisted> hoisted = new ArrayList<>();

  LoopGradients(Gradients outer, Loop forward) {
    this.outer = outer;
    this.forward = forward;
    this.backward =
        new Loop(outer.graph(), forward.name() + ".gradient", forward.steps(), !forward.reverse());
  }

  void run() {
    Map<Loop.Carry, Value> carries = seed();
    for (Node n : List.copyOf(forward.nodes()).reversed()) {
      if (n.out().stream().anyMatch(v -> sums.containsKey(v) && wants(v))) {
        n.op().vjp(n, this);
      }
    }
    carries.forEach((c, in) -> backward.next(in, gradient(c.in())));
    outsideCarries.forEach((v, in) -> backward.next(in, sums.get(v)));
    backward.close();
    handOut(carries);
  }

  /** Gradients arrive through the last carries and through everything stacked. */
  private Map<Loop.Carry, Value> seed() {
    Map<Loop.Carry, Value> carries = new LinkedHashMap<>();
    for (Loop.Carry c : forward.carries()) {
      if (wants(c.in())) {
        Value last = forward.lasts().get(c.in());
        Value first =
            last != null ? outer.gradient(last) : Ops.fill(outer.graph(), 0, c.in().shape());
        Value in = backward.carry(first);
        carries.put(c, in);
        add(c.next(), in);
      }
    }
    for (Map.Entry<Value, Value> e : List.copyOf(forward.stacked().entrySet())) {
      if (outer.reached(e.getValue())) {
        add(e.getKey(), backward.slice(outer.gradient(e.getValue())));
      }
    }
    return carries;
  }

  private void handOut(Map<Loop.Carry, Value> carries) {
    carries.forEach((c, in) -> outer.add(c.first(), backward.last(in)));
    forward
        .slices()
        .forEach((source, slice) -> {
          if (sums.containsKey(slice)) {
            outer.add(source, backward.stack(sums.get(slice)));
          }
        });
    outsideCarries.forEach((v, in) -> outer.accumulated(v, backward.last(in)));
    for (Hoisted h : hoisted) {
      Value[] stacked = new Value[h.args().length];
      for (int i = 0; i < stacked.length; i++) {
        stacked[i] = backward.stack(h.args()[i]);
      }
      outer.addSummed(h.operand(), h.op(), stacked);
    }
  }

  @Override
  public Value of(Value v) {
    if (v.loop() == null) {
      return outer.of(v);
    }
    if (v.node() != null && v.node().op().viewOffset(v.node()) >= 0) {
      return view(v);
    }
    return backward.slice(forward.stack(v));
  }

  /** Views are taken again rather than kept: of what they look at, which may be a view itself. */
  private Value view(Value v) {
    Value known = views.get(v);
    if (known == null) {
      known = Graph.emitOne(v.node().op(), of(v.node().in(0)));
      views.put(v, known);
    }
    return known;
  }

  @Override
  public Value gradient(Value result) {
    Value sum = sums.get(result);
    return sum != null ? sum : Ops.fill(outer.graph(), 0, result.shape());
  }

  @Override
  public boolean reached(Value result) {
    return sums.containsKey(result);
  }

  @Override
  public boolean wants(Value operand) {
    return outer.activity().contains(operand);
  }

  @Override
  public boolean hasBegun(Value operand) {
    return operand.loop() != null && sums.containsKey(operand);
  }

  @Override
  public void add(Value operand, Value gradient) {
    if (!wants(operand)) {
      return;
    }
    if (operand.loop() == null) {
      accumulated(operand, Ops.add(accumulator(operand), gradient));
    } else {
      sums.merge(operand, gradient, Ops::add);
    }
  }

  @Override
  public void addSummed(Value operand, Op op, Value... args) {
    if (!wants(operand)) {
      return;
    }
    boolean allInLoop = true;
    for (Value a : args) {
      allInLoop &= a.loop() == backward;
    }
    if (operand.loop() == null && allInLoop) {
      hoisted.add(new Hoisted(operand, op, args));
    } else {
      add(operand, Graph.emitOne(op, args));
    }
  }

  @Override
  public Value accumulator(Value operand) {
    if (operand.loop() != null) {
      return gradient(operand);
    }
    if (!sums.containsKey(operand)) {
      Value in = backward.carry(outer.accumulator(operand));
      outsideCarries.put(operand, in);
      sums.put(operand, in);
    }
    return sums.get(operand);
  }

  @Override
  public void accumulated(Value operand, Value sum) {
    if (wants(operand)) {
      sums.put(operand, sum);
    }
  }
}
