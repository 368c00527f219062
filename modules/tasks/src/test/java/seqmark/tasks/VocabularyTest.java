package seqmark.tasks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import seqmark.nn.Tokens;

class VocabularyTest {
  private final Vocabulary characters = new Vocabulary(List.of("a", "😀", "b"), "");
  private final Vocabulary words =
      new Vocabulary(List.of(Vocabulary.UNKNOWN, "ab", "c"), " ", List.of("rare", "rarer"));

  @Property
  void textAndIdsAreInverse(@ForAll List<@IntRange(min = 3, max = 5) Integer> ids) {
    int[] sequence = ids.stream().mapToInt(id -> id).toArray();
    assertArrayEquals(sequence, characters.ids(characters.text(sequence)));
  }

  @Test
  void wordsStandBetweenWhiteSpace() {
    assertArrayEquals(new int[] {4, 5, 4}, words.ids("  ab c\tab "));
    assertEquals("ab c ab", words.text(new int[] {4, 5, 4}));
  }

  @Test
  void symbolsOutsideAreUnknownButCanBeRead() {
    assertEquals(Tokens.FIRST, words.id("rare"));
    assertEquals("rarer ab rare", words.text(new int[] {-2, 4, -1}));
  }

  @Test
  void withoutUnknownAnUnknownSymbolIsAnError() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> characters.ids("abc"));
    assertEquals("vocabulary: unknown symbol 'c'", e.getMessage());
  }
}
