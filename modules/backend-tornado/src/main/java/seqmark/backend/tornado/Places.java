package seqmark.backend.tornado;

import java.util.Map;
import seqmark.compute.Loop;
import seqmark.compute.MemoryPlan;
import seqmark.compute.Node;
import seqmark.compute.Place;
import seqmark.compute.Value;

/**
 * Where the values of a program lie in the memory of its session.
 *
 * @param constants numbers that kernels need
 * @param plan places in the arena
 * @param persistent where persistent values start, by name
 * @param arena where the arena starts
 */
record Places(
    ConstantTable constants, MemoryPlan plan, Map<String, Integer> persistent, int arena) {
  /** The place of a value. */
  Operand of(Value v) {
    Value holder = plan.holder(v);
    int base = holder == null ? arena : persistent.get(holder.name());
    return new Operand(plan.place(v).plus(base), v.shape().size());
  }

  /** The places of numbers that are parameters of an instruction. */
  int[] constants(float... values) {
    int[] places = new int[values.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = constants.place(values[i]);
    }
    return places;
  }

  /** Where a loop looks for the first value of a carry. */
  Operand firstSlot(Loop.Carry carry) {
    return new Operand(plan.firstSlot(carry).plus(arena), carry.in().shape().size());
  }

  /** The memory of a node's own. */
  Operand scratch(Node n, int floats) {
    return new Operand(Place.fixed(arena + plan.scratch(n)), floats);
  }
}
