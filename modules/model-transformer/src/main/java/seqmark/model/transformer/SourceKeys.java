package seqmark.model.transformer;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Value;
import seqmark.nn.State;
import seqmark.nn.layer.MultiHeadAttention.Keys;

/**
 * The keys of a source, for every layer of the decoder. They are computed once per source: a {@link
 * State} keeps mask and positions {@code [B, S]}, then keys and values {@code [B, S, D]} of each
 * layer.
 *
 * @param layers from the bottom up
 */
record SourceKeys(List<Keys> layers) {
  static SourceKeys of(State state) {
    List<Value> memory = state.memory();
    List<Keys> layers = new ArrayList<>();
    for (int i = 2; i < memory.size(); i += 2) {
      layers.add(new Keys(memory.get(i), memory.get(i + 1), memory.get(0), memory.get(1)));
    }
    return new SourceKeys(List.copyOf(layers));
  }

  List<Value> memory() {
    Keys first = layers.getFirst();
    List<Value> memory = new ArrayList<>(List.of(first.mask(), first.at()));
    layers.forEach(k -> memory.addAll(List.of(k.keys(), k.values())));
    return memory;
  }

  Value mask() {
    return layers.getFirst().mask();
  }

  Keys layer(int i) {
    return layers.get(i);
  }
}
