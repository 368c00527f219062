package seqmark.tasks.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import seqmark.compute.CounterRandom;
import seqmark.tasks.file.MappedFile;

class CharactersTest {
  private static final int[] ALL_LENGTHS = {'a', '\n', 'é', '年', 0x1F600};

  private static Characters characters(byte[] bytes) {
    MappedFile file = new MappedFile(Path.of("text.txt"), MemorySegment.ofArray(bytes));
    return new Characters(file, (codePoint, position) -> {});
  }

  /** Random characters, the more of several bytes the higher {@code kinds}. */
  private static String text(long seed, int length, int kinds) {
    CounterRandom random = CounterRandom.seeded(seed);
    return IntStream.range(0, length)
        .map(i -> ALL_LENGTHS[random.below(kinds, i)])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Property(tries = 60)
  void anyCharacterIsFound(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20_000) int length,
      @ForAll @IntRange(min = 1, max = 5) int kinds) {
    String text = text(seed, length, kinds);
    int[] expected = text.codePoints().toArray();
    Characters characters = characters(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(length, characters.count());
    CounterRandom random = CounterRandom.seeded(seed).fork("windows");
    for (int i = 0; i < 20; i++) {
      int first = random.below(length, 2L * i);
      int count = 1 + random.below(Math.min(6_000, length - first), 2L * i + 1);
      assertArrayEquals(
          Arrays.copyOfRange(expected, first, first + count), characters.get(first, count));
      int position = text.offsetByCodePoints(0, first);
      int bytes = text.substring(0, position).getBytes(StandardCharsets.UTF_8).length;
      assertEquals(first, characters.before(bytes));
    }
  }

  @Test
  void aByteOrderMarkIsNoCharacter() {
    Characters characters = characters("\uFEFFabc".getBytes(StandardCharsets.UTF_8));
    assertEquals(3, characters.count());
    assertArrayEquals(new int[] {'a', 'b'}, characters.get(0, 2));
    assertEquals(0, characters(new byte[0]).count());
  }

  @Test
  void charactersAreSeenWithTheirPlace() {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    byte[] bytes = "aé年😀z".getBytes(StandardCharsets.UTF_8);
    MappedFile file = new MappedFile(Path.of("t"), MemorySegment.ofArray(bytes));
    new Characters(file, (codePoint, position) -> seen.write((int) position));
    assertArrayEquals(new byte[] {0, 1, 3, 6, 10}, seen.toByteArray());
  }

  @Test
  void brokenUtf8IsNamedByItsByte() {
    byte[] bytes = "a".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    for (int at : new int[] {0, 1, 4_095, 4_096, 9_999}) {
      byte[] broken = bytes.clone();
      broken[at] = (byte) 0x80;
      Exception e = assertThrows(IllegalArgumentException.class, () -> characters(broken));
      assertEquals("file text.txt: broken UTF-8 at byte " + (at + 1), e.getMessage());
    }
    byte[] nothingElse = new byte[20_000];
    Arrays.fill(nothingElse, (byte) 0x80);
    assertThrows(IllegalArgumentException.class, () -> characters(nothingElse));
  }
}
