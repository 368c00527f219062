package seqmark.nn.io;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.compute.Shape;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header of a safetensors file.
 *
 * @param entries by tensor name
 * @param metadata the texts under {@code __metadata__}
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final String TYPE = "F32";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

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
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      header.putPOJO(METADATA, metadata);
    }
    entries.forEach((name, e) -> {
      ObjectNode tensor = header.putObject(name).put("dtype", TYPE);
      tensor.putPOJO("shape", e.shape().toArray());
      tensor.putArray("data_offsets").add(e.begin()).add(e.end());
    });
    String json = JSON.writeValueAsString(header);
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
    for (Map.Entry<String, JsonNode> member : tree(text).properties()) {
      if (member.getKey().equals(METADATA)) {
        member.getValue().forEachEntry((key, value) -> metadata.put(key, value.asString("")));
      } else {
        entries.put(member.getKey(), entry(member.getKey(), member.getValue()));
      }
    }
    return new SafetensorsHeader(entries, metadata);
  }

  private static JsonNode tree(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "no safetensors header: "
              + e.getOriginalMessage()
              + " at character "
              + e.getLocation().getCharOffset(),
          e);
    }
    throw new IllegalArgumentException("no safetensors header: not an object");
  }

  private static Entry entry(String name, JsonNode tensor) {
    String type = tensor.path("dtype").asString("");
    if (!type.equals(TYPE)) {
      throw new IllegalArgumentException(
          "tensor '%s' has type '%s', expected %s".formatted(name, type, TYPE));
    }
    long[] dims = numbers(name, tensor, "shape");
    long[] offsets = numbers(name, tensor, "data_offsets");
    if (offsets.length != 2) {
      throw new IllegalArgumentException(
          "tensor '%s' has %d data_offsets, expected 2".formatted(name, offsets.length));
    }
    int[] extents = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 1 || dims[i] > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "tensor '%s' has an extent of %d, expected 1 to 2^31 - 1".formatted(name, dims[i]));
      }
      extents[i] = (int) dims[i];
    }
    return new Entry(shape(name, extents), offsets[0], offsets[1]);
  }

  private static long[] numbers(String name, JsonNode tensor, String field) {
    JsonNode list = tensor.path(field);
    boolean whole = list.isArray() && list.valueStream().allMatch(JsonNode::canConvertToLong);
    if (!whole || list.valueStream().anyMatch(n -> !n.isIntegralNumber() || n.asLong() < 0)) {
      throw new IllegalArgumentException(
          "tensor '%s': %s: expected an array of whole numbers".formatted(name, field));
    }
    return list.valueStream().mapToLong(JsonNode::asLong).toArray();
  }

  private static Shape shape(String name, int[] extents) {
    try {
      return Shape.of(extents);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("tensor '" + name + "' is too large", e);
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
            "tensor '%s' of shape %s lies at bytes %d to %d, expected %d to %d"
                .formatted(named.getKey(), e.shape(), e.begin(), e.end(), at, at + bytes));
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
