package seqmark.nn.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Compiled graphs by shape; the one not used for longest goes when there are too many.
 *
 * @param <K> the shape
 * @param <P> what was compiled for it
 */
public final class ProgramCache<K, P> {
  private final Map<K, P> programs = new LinkedHashMap<>(16, 0.75f, true);
  private final int capacity;
  private final Function<K, P> compile;

  /**
   * An empty cache.
   *
   * @param capacity most programs kept
   */
  public ProgramCache(int capacity, Function<K, P> compile) {
    this.capacity = capacity;
    this.compile = compile;
  }

  /** The program for a shape, compiled if it is not here. */
  public P get(K shape) {
    P program = programs.get(shape);
    if (program == null) {
      program = compile.apply(shape);
      programs.put(shape, program);
      if (programs.size() > capacity) {
        programs.remove(programs.keySet().iterator().next());
      }
    }
    return program;
  }
}
