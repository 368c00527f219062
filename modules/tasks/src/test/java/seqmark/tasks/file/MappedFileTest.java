package seqmark.tasks.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFileTest {
  @TempDir Path folder;

  private Path packed(byte[] bytes) throws IOException {
    Path file = folder.resolve("packed.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
    return file;
  }

  @Test
  void gzipIsAsPlain() throws IOException {
    byte[] bytes = "a line\n".repeat(100_000).getBytes();
    Path plain = folder.resolve("plain");
    Files.write(plain, bytes);
    for (Path file : List.of(plain, packed(bytes))) {
      assertArrayEquals(bytes, MappedFile.open(file).bytes().toArray(ValueLayout.JAVA_BYTE));
    }
    Files.write(plain, new byte[0]);
    assertEquals(0, MappedFile.open(plain).bytes().byteSize());
  }

  @Test
  void nothingIsLeftInTheFolderForTemporaryFiles() throws IOException {
    List<Path> before = unpacked();
    MappedFile file = MappedFile.open(packed(new byte[100]));
    assertEquals(before, unpacked());
    assertEquals(100, file.bytes().byteSize());
  }

  private static List<Path> unpacked() throws IOException {
    try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return temporary.filter(path -> path.toString().endsWith(".unpacked")).sorted().toList();
    }
  }

  @Test
  void aDeviceIsNoFile() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "not all systems have it");
    Exception e = assertThrows(IllegalArgumentException.class, () -> MappedFile.open(device));
    assertEquals(
        "file /dev/null is a pipe or device, expected a file that stays on the disk",
        e.getMessage());
  }

  @Test
  void aBombIsGivenUp() throws IOException {
    Path file = packed(new byte[10_000_000]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Gzip(file, folder, 1_000_000).unpack(Channels.newChannel(out)));
    assertEquals(
        "file %s unpacks to more than 900000 bytes, nine tenths of what is free in %s; free some there or give the unpacked file"
            .formatted(file, folder),
        e.getMessage());
    assertTrue(out.size() <= 900_000);
  }

  @Test
  void aFullDiskIsNamed() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "only Linux has a disk that is always full");
    Path file = packed(new byte[1_000]);
    try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
      Exception e =
          assertThrows(IOException.class, () -> new Gzip(file, folder, 1_000_000).unpack(channel));
      assertEquals("No space left on device", e.getMessage());
    }
  }
}
