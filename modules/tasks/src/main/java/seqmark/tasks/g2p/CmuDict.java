package seqmark.tasks.g2p;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import seqmark.tasks.Vocabulary;

/**
 * The CMU Pronouncing Dictionary as shipped: a line a word, its pronunciations after tabs, phonemes
 * separated by spaces, vowels with a digit for stress. The text stays in memory as it is, with the
 * place of every line; lines are read when asked for.
 */
final class CmuDict {
  /** How many words there are. */
  static final int WORDS = 126_046;

  private static final String FILE = "cmudict.txt.gz";
  private static final String LETTERS = "'-.abcdefghijklmnopqrstuvwxyz";
  private static final List<String> VOWELS =
      List.of(
          "AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW");
  private static final List<String> CONSONANTS =
      List.of(
          "B", "CH", "D", "DH", "F", "G", "HH", "JH", "K", "L", "M", "N", "NG", "P", "R", "S", "SH",
          "T", "TH", "V", "W", "Y", "Z", "ZH");

  private final byte[] text;
  private final int[] starts;

  private CmuDict(byte[] text) {
    this.text = text;
    this.starts = new int[WORDS + 1];
    int line = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        starts[++line] = i + 1;
      }
    }
  }

  /** The dictionary, read at the first call. */
  static CmuDict get() {
    return Loaded.DICTIONARY;
  }

  private static final class Loaded {
    static final CmuDict DICTIONARY = read();
  }

  private static CmuDict read() {
    try (InputStream in = new GZIPInputStream(CmuDict.class.getResourceAsStream(FILE))) {
      return new CmuDict(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("CMUdict: cannot read " + FILE + " of this program", e);
    }
  }

  /** The symbols words are written with. */
  static Vocabulary letters() {
    return new Vocabulary(LETTERS.chars().mapToObj(Character::toString).toList(), "");
  }

  /** The 39 phonemes; with stress 69, as each of the 15 vowels comes in three. */
  static Vocabulary phonemes(boolean stress) {
    Stream<String> vowels =
        stress
            ? VOWELS.stream().flatMap(v -> Stream.of(v + "0", v + "1", v + "2"))
            : VOWELS.stream();
    return new Vocabulary(Stream.concat(vowels, CONSONANTS.stream()).sorted().toList(), " ");
  }

  /** A word in small letters. */
  String word(int index) {
    return text(starts[index], end(starts[index], '\t'));
  }

  /** How many pronunciations a word has, some of which may differ in stress alone. */
  int entries(int index) {
    int tabs = 0;
    for (int i = starts[index]; i < starts[index + 1]; i++) {
      tabs += text[i] == '\t' ? 1 : 0;
    }
    return tabs;
  }

  /** The different pronunciations of a word, in the dictionary's order. */
  List<int[]> pronunciations(int index, Vocabulary phonemes, boolean stress) {
    List<int[]> distinct = new ArrayList<>(1);
    int lineEnd = starts[index + 1] - 1;
    for (int tab = end(starts[index], '\t'); tab < lineEnd; tab = end(tab + 1, '\t')) {
      int[] phones = phones(tab + 1, phonemes, stress);
      if (distinct.stream().noneMatch(d -> Arrays.equals(d, phones))) {
        distinct.add(phones);
      }
    }
    return distinct;
  }

  /** The phonemes from here to the next tab or the end of the line. */
  private int[] phones(int from, Vocabulary phonemes, boolean stress) {
    int to = end(from, '\t');
    int[] phones = new int[(to - from + 2) / 2];
    int count = 0;
    for (int start = from; start < to; ) {
      int end = Math.min(to, end(start, ' '));
      boolean stressed = Character.isDigit(text[end - 1]);
      phones[count++] = phonemes.id(text(start, stressed && !stress ? end - 1 : end));
      start = end + 1;
    }
    return Arrays.copyOf(phones, count);
  }

  /** The next place of a byte, or the end of the line. */
  private int end(int from, char wanted) {
    int end = from;
    while (text[end] != wanted && text[end] != '\n') {
      end++;
    }
    return end;
  }

  private String text(int from, int to) {
    return new String(text, from, to - from, StandardCharsets.US_ASCII);
  }
}
