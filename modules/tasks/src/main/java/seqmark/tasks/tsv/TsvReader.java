package seqmark.tasks.tsv;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import seqmark.tasks.Parts;
import seqmark.tasks.Split;
import seqmark.tasks.file.MappedFile;

/**
 * Reads the files of a config once: which lines belong to which part, and what symbols they have.
 */
final class TsvReader {
  /**
   * The pairs of one part.
   *
   * @param lines the file they are in
   * @param starts where the line of each begins
   */
  record Pairs(TsvLines lines, Offsets starts) {}

  private final Tsv.Config config;
  private final Path folder;
  private final Symbols sources;
  private final Symbols targets;
  private final Map<Split, Pairs> parts = new EnumMap<>(Split.class);

  TsvReader(Tsv.Config config, Path folder) {
    this.config = config;
    this.folder = folder;
    sources = new Symbols(config.unit());
    targets = new Symbols(config.unit());
  }

  TsvTask read() {
    boolean dividesValidation = config.validationFile().isBlank();
    boolean dividesTest = config.testFile().isBlank();
    Parts division =
        new Parts(
            dividesValidation ? config.validationShare() : 0, dividesTest ? config.testShare() : 0);
    TsvLines lines = lines(config.file());
    for (Split split : Split.values()) {
      parts.put(split, new Pairs(lines, new Offsets()));
    }
    lines.read((start, pair) -> add(division.of(pair.source()), start, pair));
    if (!dividesValidation) {
      readWhole(config.validationFile(), Split.VALIDATION);
    }
    if (!dividesTest) {
      readWhole(config.testFile(), Split.TEST);
    }
    checkSizes();
    return new TsvTask(
        sources.alphabet(config.maxVocabulary()), targets.alphabet(config.maxVocabulary()), parts);
  }

  private TsvLines lines(String file) {
    return new TsvLines(MappedFile.open(folder.resolve(file)));
  }

  private void readWhole(String file, Split split) {
    TsvLines lines = lines(file);
    parts.put(split, new Pairs(lines, new Offsets()));
    lines.read((start, pair) -> add(split, start, pair));
  }

  private void add(Split split, long start, TsvLines.Pair pair) {
    parts.get(split).starts().add(start);
    sources.add(pair.source(), split == Split.TRAIN);
    targets.add(pair.target(), split == Split.TRAIN);
  }

  private void checkSizes() {
    parts.forEach((split, pairs) -> {
      if (pairs.starts().size() == 0) {
        throw new IllegalArgumentException(
            "file %s: no line fell to the %s part, expected more lines or another share"
                .formatted(folder.resolve(config.file()), split.name().toLowerCase(Locale.ROOT)));
      }
    });
  }
}
