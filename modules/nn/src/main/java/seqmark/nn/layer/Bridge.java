package seqmark.nn.layer;

import static seqmark.compute.Ops.tanh;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Value;

/**
 * The first state of a decoder from the last one of an encoder: {@code tanh(W s + b)} for every
 * carried value of every layer (Bahdanau et al. 2014, appendix A.2.2, which uses the backward
 * direction only).
 *
 * @param maps one per carried value, in the order of the carry
 */
public record Bridge(List<Linear> maps) {
  /** A bridge for {@code carries} values of width {@code hidden}. */
  public static Bridge of(Graph g, int carries, int hidden) {
    List<Linear> maps = new ArrayList<>();
    for (int i = 0; i < carries; i++) {
      maps.add(Linear.of(g, "bridge." + i, hidden, hidden));
    }
    return new Bridge(List.copyOf(maps));
  }

  /** The decoder's carry, each {@code [B, H]}, from the encoder's, layer by layer. */
  public List<Value> apply(List<List<Value>> last) {
    List<Value> encoder = last.stream().flatMap(List::stream).toList();
    List<Value> carry = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      carry.add(tanh(maps.get(i).apply(encoder.get(i)))); // [B, H]
    }
    return carry;
  }
}
