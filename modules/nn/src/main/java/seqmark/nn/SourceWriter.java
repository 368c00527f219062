package seqmark.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import seqmark.compute.Program;
import seqmark.compute.Value;

/** Fills the inputs of a {@link Source}, through arrays that are used again. */
public final class SourceWriter {
  private final Source source;
  private final float[] tokens;
  private final float[] mask;
  private final float[] features;

  /** A writer of this source. */
  public SourceWriter(Source source) {
    this.source = source;
    this.tokens = new float[source.tokens().shape().size()];
    this.mask = new float[tokens.length];
    this.features = new float[source.features().map(f -> f.shape().size()).orElse(0)];
  }

  /**
   * Writes sequences.
   *
   * @throws IllegalArgumentException if their features are not as wide as the source's
   */
  public void write(Program program, Sources from) {
    requireWidth(from);
    Arrays.fill(tokens, Tokens.PAD);
    Arrays.fill(mask, 0);
    Arrays.fill(features, 0);
    for (int b = 0; b < from.count(); b++) {
      int start = b * source.length();
      int[] ids = from.tokens()[b];
      for (int i = 0; i < ids.length; i++) {
        tokens[start + i] = ids[i];
        mask[start + i] = 1;
        if (features.length > 0) {
          System.arraycopy(
              from.features().get(b)[i], 0, features, (start + i) * from.width(), from.width());
        }
      }
    }
    written().forEach(program::write);
  }

  private void requireWidth(Sources from) {
    int width = source.features().map(f -> f.shape().dim(2)).orElse(0);
    if (width != from.width()) {
      throw new IllegalArgumentException(
          "sources: feature vectors are %d wide, expected %d".formatted(from.width(), width));
    }
  }

  /** What was written last, by input. */
  public Map<Value, float[]> written() {
    Map<Value, float[]> written = new HashMap<>();
    written.put(source.tokens(), tokens);
    written.put(source.mask(), mask);
    source.features().ifPresent(f -> written.put(f, features));
    return written;
  }
}
