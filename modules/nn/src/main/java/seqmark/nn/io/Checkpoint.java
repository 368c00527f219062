package seqmark.nn.io;

import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.compute.Session;
import seqmark.compute.Shape;

/**
 * The persistent values of a session: parameters and, if it has trained, optimizer state.
 *
 * @param tensors by name
 * @param metadata what else has to be known, as texts by name
 */
public record Checkpoint(Map<String, Tensor> tensors, Map<String, String> metadata) {
  /** A copy of everything in a session. */
  public static Checkpoint of(Session session, Map<String, String> metadata) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> e : session.persistent().entrySet()) {
      tensors.put(e.getKey(), new Tensor(e.getValue(), session.read(e.getKey())));
    }
    return new Checkpoint(tensors, metadata);
  }

  /**
   * Puts everything into a session.
   *
   * @throws seqmark.compute.ShapeException if a value there has another shape
   */
  public void restore(Session session) {
    tensors.forEach((name, t) -> session.write(name, t.shape(), t.values()));
  }
}
