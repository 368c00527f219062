package seqmark.tasks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the examples of a part are, as a short text: equal if and only if all of them are. */
public final class DataHash {
  private final MessageDigest digest;

  private DataHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * SHA-256, in hex, of both vocabularies and then source, target, references, asked positions and
   * features of every example in order. Takes about a microsecond for each example on top of making
   * it.
   */
  public static String of(Task task, Split split) {
    DataHash hash = new DataHash();
    hash.add(task.source());
    hash.add(task.target());
    for (int i = 0; i < task.size(split); i++) {
      Example example = task.example(split, i);
      hash.add(example.source());
      hash.add(example.target());
      example.references().forEach(hash::add);
      if (example.asked().length > 0) {
        hash.add(example.asked());
      }
      for (float[] features : example.features()) {
        hash.add(features);
      }
    }
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  private void add(Vocabulary vocabulary) {
    for (int id = 0; id < vocabulary.size(); id++) {
      digest.update(vocabulary.symbol(id).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
  }

  private void add(float[] features) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * features.length);
    for (float f : features) {
      bytes.putFloat(f);
    }
    digest.update(bytes.array());
  }

  /** Length first, so that the same numbers divided differently are different data. */
  private void add(int[] sequence) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (sequence.length + 1));
    bytes.putInt(sequence.length);
    for (int id : sequence) {
      bytes.putInt(id);
    }
    digest.update(bytes.array());
  }
}
