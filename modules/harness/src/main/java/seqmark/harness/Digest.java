package seqmark.harness;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a sequence of values, each with its length, so that no two sequences look alike. */
final class Digest {
  private final MessageDigest sha;

  Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void add(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length);
    bytes.asIntBuffer().put(values);
    add(values.length);
    sha.update(bytes);
  }

  void add(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    add(values.length);
    sha.update(bytes);
  }

  void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    sha.update(bytes);
  }

  private void add(int value) {
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).flip());
  }

  String hexadecimal() {
    return HexFormat.of().formatHex(sha.digest());
  }

  /** SHA-256 of bytes and nothing else, as other programs compute it. */
  static String of(byte[] bytes) {
    Digest digest = new Digest();
    digest.sha.update(bytes);
    return digest.hexadecimal();
  }
}
