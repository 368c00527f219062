package seqmark.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seqmark.compute.Shape;

class SafetensorsTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("weights.safetensors");
  }

  private static Checkpoint example() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a.weight", new Tensor(Shape.of(2, 3), new float[] {1, -2, 3.5f, 0, 1e-30f, 6}));
    tensors.put("scalar \"ü\"", new Tensor(Shape.SCALAR, new float[] {Float.NaN}));
    return new Checkpoint(tensors, Map.of("step", "12", "config", "{\"a\":\n\"b\\\"}"));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Safetensors.write(file, example());
    Checkpoint read = Safetensors.read(file);
    assertEquals(example().metadata(), read.metadata());
    assertEquals(List.copyOf(example().tensors().keySet()), List.copyOf(read.tensors().keySet()));
    example()
        .tensors()
        .forEach((name, t) -> {
          assertEquals(t.shape(), read.tensors().get(name).shape());
          assertArrayEquals(t.values(), read.tensors().get(name).values());
        });
  }

  @Test
  void numbersAreAlignedAndNothingElseIsLeftBehind() throws IOException {
    Safetensors.write(file, example());
    Safetensors.write(file, example());
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(0, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void everyTruncationIsAnErrorThatNamesTheFile() throws IOException {
    Safetensors.write(file, example());
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertOneLine(assertThrows(IOException.class, () -> Safetensors.read(file)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\":1}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
      })
  void wrongHeaders(String header) throws IOException {
    writeRaw(header.length(), header, 4);
    assertOneLine(assertThrows(IOException.class, () -> Safetensors.read(file)));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 1000, Long.MAX_VALUE, Long.MIN_VALUE, 0x474E5089L})
  void wrongHeaderLengths(long length) throws IOException {
    writeRaw(length, "{}", 0);
    assertOneLine(assertThrows(IOException.class, () -> Safetensors.read(file)));
  }

  @Test
  void missingFilesAndFolders() {
    assertOneLine(assertThrows(IOException.class, () -> Safetensors.read(file)));
    assertOneLine(assertThrows(IOException.class, () -> Safetensors.read(folder)), folder);
    Path nowhere = folder.resolve("no/such/weights.safetensors");
    assertOneLine(
        assertThrows(IOException.class, () -> Safetensors.write(nowhere, example())), nowhere);
  }

  private void writeRaw(long length, String header, int zeros) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + zeros).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(length).put(text).array());
  }

  private void assertOneLine(IOException e) {
    assertOneLine(e, file);
  }

  private static void assertOneLine(IOException e, Path named) {
    assertTrue(e.getMessage().startsWith(named + ": "), e.getMessage());
    assertTrue(!e.getMessage().contains("\n"), e.getMessage());
  }
}
