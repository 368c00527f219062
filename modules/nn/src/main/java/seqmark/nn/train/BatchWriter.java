package seqmark.nn.train;

import java.util.Arrays;
import java.util.Map;
import seqmark.compute.Program;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.Tokens;

/** Fills the inputs of a {@link Batch} from ids, through arrays that are used again. */
final class BatchWriter {
  private final Batch batch;
  private final float[] source;
  private final float[] sourceMask;
  private final float[] input;
  private final float[] target;
  private final float[] mask;

  BatchWriter(Batch batch) {
    this.batch = batch;
    this.source = array(batch.source().tokens());
    this.sourceMask = array(batch.source().mask());
    this.input = array(batch.input());
    this.target = array(batch.target());
    this.mask = array(batch.mask());
  }

  private static float[] array(Value v) {
    return new float[v.shape().size()];
  }

  /** Writes sequences, ids without special tokens; returns the number of tokens to predict. */
  int write(Program program, int[][] sources, int[][] targets) {
    Arrays.fill(source, Tokens.PAD);
    Arrays.fill(sourceMask, 0);
    Arrays.fill(input, Tokens.PAD);
    Arrays.fill(target, Tokens.PAD);
    Arrays.fill(mask, 0);
    int tokens = 0;
    for (int b = 0; b < sources.length; b++) {
      writeSource(b * batch.source().length(), sources[b]);
      writeTarget(b * batch.targetLength(), targets[b]);
      tokens += targets[b].length + 1;
    }
    program.write(batch.source().tokens(), source);
    program.write(batch.source().mask(), sourceMask);
    program.write(batch.input(), input);
    program.write(batch.target(), target);
    program.write(batch.mask(), mask);
    return tokens;
  }

  /** What was written last, by input. */
  Map<Value, float[]> written() {
    return Map.of(
        batch.source().tokens(), source,
        batch.source().mask(), sourceMask,
        batch.input(), input,
        batch.target(), target,
        batch.mask(), mask);
  }

  private void writeSource(int start, int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      source[start + i] = ids[i];
      sourceMask[start + i] = 1;
    }
  }

  private void writeTarget(int start, int[] ids) {
    input[start] = Tokens.BOS;
    for (int i = 0; i < ids.length; i++) {
      input[start + i + 1] = ids[i];
      target[start + i] = ids[i];
    }
    target[start + ids.length] = Tokens.EOS;
    Arrays.fill(mask, start, start + ids.length + 1, 1);
  }
}
