package seqmark.tasks.tsv;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import seqmark.tasks.Parts;
import seqmark.tasks.Split;
import seqmark.tasks.Vocabulary;

/** Reads the files of a config into the three parts. */
final class TsvReader {
  /** Sources and targets of one part, by index. */
  record Pairs(Sequences sources, Sequences targets) {}

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
    for (Split split : Split.values()) {
      parts.put(split, new Pairs(new Sequences(), new Sequences()));
    }
  }

  TsvTask read() {
    boolean dividesValidation = config.validationFile().isBlank();
    boolean dividesTest = config.testFile().isBlank();
    Parts division =
        new Parts(
            dividesValidation ? config.validationShare() : 0, dividesTest ? config.testShare() : 0);
    TsvLines.read(
        folder.resolve(config.file()),
        (source, target) -> add(division.of(source), source, target));
    if (!dividesValidation) {
      readWhole(config.validationFile(), Split.VALIDATION);
    }
    if (!dividesTest) {
      readWhole(config.testFile(), Split.TEST);
    }
    checkSizes();
    return task();
  }

  private void readWhole(String file, Split split) {
    TsvLines.read(folder.resolve(file), (source, target) -> add(split, source, target));
  }

  private void add(Split split, String source, String target) {
    Pairs pairs = parts.get(split);
    pairs.sources().add(sources.add(source, split == Split.TRAIN));
    pairs.targets().add(targets.add(target, split == Split.TRAIN));
  }

  private void checkSizes() {
    parts.forEach((split, pairs) -> {
      if (pairs.sources().size() == 0) {
        throw new IllegalArgumentException(
            "file %s: no line fell to the %s part, expected more lines or another share"
                .formatted(folder.resolve(config.file()), split.name().toLowerCase(Locale.ROOT)));
      }
    });
  }

  private TsvTask task() {
    Vocabulary source = sources.vocabulary(config.maxVocabulary());
    Vocabulary target = targets.vocabulary(config.maxVocabulary());
    int[] sourceIds = sources.ids(source);
    int[] targetIds = targets.ids(target);
    for (Pairs pairs : parts.values()) {
      pairs.sources().replace(sourceIds);
      pairs.targets().replace(targetIds);
    }
    return new TsvTask(config.unit(), source, target, parts);
  }
}
