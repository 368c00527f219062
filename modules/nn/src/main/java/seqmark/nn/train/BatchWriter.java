package seqmark.nn.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import seqmark.compute.Program;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.SourceWriter;
import seqmark.nn.Sources;
import seqmark.nn.Tokens;

/** Fills the inputs of a {@link Batch}, through arrays that are used again. */
final class BatchWriter {
  private final Batch batch;
  private final SourceWriter sources;
  private final float[] input;
  private final float[] target;
  private final float[] mask;
  private final boolean labels;

  BatchWriter(Batch batch, boolean labels) {
    this.batch = batch;
    this.labels = labels;
    this.sources = new SourceWriter(batch.source());
    this.input = array(batch.input());
    this.target = array(batch.target());
    this.mask = array(batch.mask());
  }

  private static float[] array(Value v) {
    return new float[v.shape().size()];
  }

  /** Writes sequences, ids without special tokens; returns the number of tokens to predict. */
  int write(Program program, Sources from, int[][] targets) {
    Arrays.fill(input, Tokens.PAD);
    Arrays.fill(target, Tokens.PAD);
    Arrays.fill(mask, 0);
    int tokens = 0;
    for (int b = 0; b < targets.length; b++) {
      tokens +=
          labels
              ? writeLabels(b * batch.targetLength(), from.asked().get(b), targets[b])
              : writeTarget(b * batch.targetLength(), targets[b]);
    }
    sources.write(program, from);
    if (!labels) {
      program.write(batch.input(), input);
    }
    program.write(batch.target(), target);
    program.write(batch.mask(), mask);
    return tokens;
  }

  /** What was written last, by input. */
  Map<Value, float[]> written() {
    Map<Value, float[]> written = new HashMap<>(sources.written());
    if (!labels) {
      written.put(batch.input(), input);
    }
    written.put(batch.target(), target);
    written.put(batch.mask(), mask);
    return written;
  }

  private int writeTarget(int start, int[] ids) {
    input[start] = Tokens.BOS;
    for (int i = 0; i < ids.length; i++) {
      input[start + i + 1] = ids[i];
      target[start + i] = ids[i];
    }
    target[start + ids.length] = Tokens.EOS;
    Arrays.fill(mask, start, start + ids.length + 1, 1);
    return ids.length + 1;
  }

  private int writeLabels(int start, int[] asked, int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      target[start + asked[i]] = ids[i];
      mask[start + asked[i]] = 1;
    }
    return ids.length;
  }
}
