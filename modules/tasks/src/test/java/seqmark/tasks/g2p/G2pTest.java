package seqmark.tasks.g2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seqmark.nn.Tokens;
import seqmark.tasks.DataHash;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;

class G2pTest {
  private static Task task(int train, G2p.Variants variants, boolean stress) {
    return new G2p().create(new G2p.Config(train, variants, stress), 1, Path.of("."));
  }

  private static Set<String> words(Task task, Split split) {
    return IntStream.range(0, task.size(split))
        .mapToObj(i -> task.source().text(task.example(split, i).source()))
        .collect(Collectors.toSet());
  }

  @Test
  void countsAreThoseOfTheLiterature() {
    CmuDict dictionary = CmuDict.get();
    int entries = IntStream.range(0, CmuDict.WORDS).map(dictionary::entries).sum();
    assertEquals(135_155, entries);
    assertEquals(39, CmuDict.phonemes(false).size() - Tokens.FIRST);
    assertEquals(69, CmuDict.phonemes(true).size() - Tokens.FIRST);
    for (boolean stress : new boolean[] {false, true}) {
      Vocabulary phonemes = CmuDict.phonemes(stress);
      Set<Integer> used = new HashSet<>();
      int different = 0;
      for (int word = 0; word < CmuDict.WORDS; word++) {
        List<int[]> right = dictionary.pronunciations(word, phonemes, stress);
        right.forEach(r -> IntStream.of(r).forEach(used::add));
        different += right.size();
      }
      assertEquals(phonemes.size() - Tokens.FIRST, used.size());
      assertEquals(stress ? 135_155 : 135_155 - 303, different);
    }
  }

  @Test
  void everyWordIsInOnePart() {
    Task task = task(0, G2p.Variants.FIRST, false);
    Set<String> all = new HashSet<>();
    for (Split split : Split.values()) {
      assertTrue(words(task, split).stream().allMatch(all::add));
    }
    assertEquals(126_046, all.size());
    assertEquals(12_000, task.size(Split.TEST));
    assertEquals(2_670, task.size(Split.VALIDATION));
    assertEquals(111_376, task.size(Split.TRAIN));
  }

  @Test
  void fewerTrainingWordsArePartOfMore() {
    Task some = task(1_000, G2p.Variants.ALL, false);
    Set<String> words = words(some, Split.TRAIN);
    assertEquals(1_000, words.size());
    assertTrue(some.size(Split.TRAIN) > 1_000);
    assertTrue(words(task(2_000, G2p.Variants.FIRST, false), Split.TRAIN).containsAll(words));
  }

  @Test
  void allVariantsAreRightAndEachIsShown() {
    Task task = task(0, G2p.Variants.ALL, false);
    int shown = 0;
    for (int i = 0; i < task.size(Split.TRAIN); i++) {
      Example example = task.example(Split.TRAIN, i);
      if (task.source().text(example.source()).equals("tomato")) {
        assertEquals(
            List.of("T AH M EY T OW", "T AH M AA T OW"),
            example.references().stream().map(task.target()::text).toList());
        String target = task.target().text(example.references().get(shown++));
        assertEquals(target, task.target().text(example.target()));
      }
    }
    assertEquals(2, shown);
  }

  /** Another split or another dictionary would make new numbers incomparable with old ones. */
  @Test
  void theTestPartStaysWhatItIs() {
    assertEquals(
        "f6ca10c246df6e761baca9ae144d577f7a72fb236e66ee358ebc1ab25fa0ebd2",
        DataHash.of(task(0, G2p.Variants.FIRST, false), Split.TEST));
  }

  @Test
  void moreWordsThanThereAreIsAnError() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> task(111_377, G2p.Variants.FIRST, false));
    assertEquals("train is 111377, expected 1 to 111376 words, or 0 for all", e.getMessage());
  }
}
