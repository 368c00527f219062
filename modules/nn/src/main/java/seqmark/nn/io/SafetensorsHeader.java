package seqmark.nn.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.compute.Shape;

/**
 * The header of a safetensors file.
 *
 * @param entries by tensor name
 * @param metadata the texts under {@code __metadata__}
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final String TYPE = "F32";

  /** Shape and place of a tensor: bytes {@code begin .. end - 1} behind the header. */
  record Entry(Shape shape, long begin, long end) {}

  static SafetensorsHeader of(Checkpoint checkpoint) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    long at = 0;
    for (Map.Entry<String, Tensor> e : checkpoint.tensors().entrySet()) {
      long end = at + (long) e.getValue().shape().size() * Float.BYTES;
      entries.put(e.getKey(), new Entry(e.getValue().shape(), at, end));
      at = end;
    }
    return new SafetensorsHeader(entries, checkpoint.metadata());
  }

  /** JSON, filled up with spaces so that the numbers behind it are aligned to 8 bytes. */
  String print() {
    List<String> members = new ArrayList<>();
    if (!metadata.isEmpty()) {
      List<String> texts = new ArrayList<>();
      metadata.forEach((name, text) -> texts.add(Json.quote(name) + ":" + Json.quote(text)));
      members.add("\"" + METADATA + "\":{" + String.join(",", texts) + "}");
    }
    entries.forEach((name, e) ->
        members.add(
            "%s:{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(
                    Json.quote(name),
                    TYPE,
                    e.shape().toString().replace(" ", ""),
                    e.begin(),
                    e.end())));
    String json = "{" + String.join(",", members) + "}";
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    return json + " ".repeat(Math.floorMod(-bytes, Long.BYTES));
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static SafetensorsHeader parse(String text) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    Json.object(Json.parse(text), "header")
        .forEach((name, member) -> {
          Map<String, Object> fields = Json.object(member, Json.quote(name));
          if (name.equals(METADATA)) {
            fields.forEach((key, value) -> metadata.put(key, Json.text(value, Json.quote(key))));
          } else {
            entries.put(name, entry(name, fields));
          }
        });
    return new SafetensorsHeader(entries, metadata);
  }

  private static Entry entry(String name, Map<String, Object> fields) {
    String type = Json.text(fields.get("dtype"), Json.quote(name) + ": dtype");
    if (!type.equals(TYPE)) {
      throw new IllegalArgumentException(
          "tensor %s has type %s, expected %s".formatted(Json.quote(name), type, TYPE));
    }
    long[] dims = Json.numbers(fields.get("shape"), Json.quote(name) + ": shape");
    long[] offsets = Json.numbers(fields.get("data_offsets"), Json.quote(name) + ": data_offsets");
    if (offsets.length != 2) {
      throw new IllegalArgumentException(
          "tensor %s has %d data_offsets, expected 2".formatted(Json.quote(name), offsets.length));
    }
    int[] extents = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 1 || dims[i] > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "tensor %s has an extent of %d, expected 1 to 2^31 - 1"
                .formatted(Json.quote(name), dims[i]));
      }
      extents[i] = (int) dims[i];
    }
    return new Entry(shape(name, extents), offsets[0], offsets[1]);
  }

  private static Shape shape(String name, int[] extents) {
    try {
      return Shape.of(extents);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("tensor " + Json.quote(name) + " is too large", e);
    }
  }

  /**
   * This header, if its tensors fill {@code dataBytes} without gap or overlap.
   *
   * @throws IllegalArgumentException if they do not
   */
  SafetensorsHeader checked(long dataBytes) {
    long at = 0;
    for (Map.Entry<String, Entry> named :
        entries.entrySet().stream()
            .sorted(Comparator.comparingLong(e -> e.getValue().begin()))
            .toList()) {
      Entry e = named.getValue();
      long bytes = (long) e.shape().size() * Float.BYTES;
      if (e.begin() != at || e.end() - e.begin() != bytes || bytes > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "tensor %s of shape %s lies at bytes %d to %d, expected %d to %d"
                .formatted(
                    Json.quote(named.getKey()), e.shape(), e.begin(), e.end(), at, at + bytes));
      }
      at = e.end();
    }
    if (at != dataBytes) {
      throw new IllegalArgumentException(
          "truncated or damaged: the header describes %d bytes of numbers, found %d"
              .formatted(at, dataBytes));
    }
    return this;
  }
}
