package seqmark.tasks.mad;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.tasks.Check;
import seqmark.tasks.Sizes;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;
import seqmark.tasks.Vocabulary;

/**
 * A random sequence, then a cue, then a slot for every symbol: the sequence is to be given back
 * from what the model holds after the cue (Poli et al. 2024, "compression").
 *
 * <p>The slots count in loss and metrics. No answer stands after its question. Where there are
 * fewer than 256 different sequences, the parts share them; otherwise they share none.
 *
 * <p>MAD forces every model through the vector of the cue: a network of its own reads the symbol of
 * each position from that vector and a code of the position. A task cannot force a model, so here
 * only those whose state has a fixed size (recurrent ones without attention, state spaces) have to
 * compress, while attention may look back: for it this is copying. MAD also counts the cue, which
 * is the same in every sequence; we do not.
 */
public final class Compression implements TaskProvider<Compression.Config> {
  /**
   * The parameters. Beside the preset {@code mad}, the baseline, MAD has {@code vocabulary} 32, 64
   * and 128, {@code length} 64, 128 and 256, and {@code train} 6400, 3200, 1600 and 800.
   *
   * @param vocabulary all symbols, the cue included and the slot not: 3 to 65536
   * @param length of the sequence with its cue: 2 to 50000
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(int vocabulary, int length, int train, int validation, int test) {
    /** Checks all ranges. */
    public Config {
      if (vocabulary < 3 || vocabulary > 65_536) {
        throw new IllegalArgumentException(
            "vocabulary is " + vocabulary + ", expected 3 to 65536, the cue included");
      }
      if (length < 2 || length > 50_000) {
        throw new IllegalArgumentException(
            "length is " + length + ", expected 2 to 50000, the cue included");
      }
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public Compression() {}

  @Override
  public String id() {
    return "compression";
  }

  @Override
  public String summary() {
    return "a random sequence, to be given back from the state after it";
  }

  @Override
  public Config defaults() {
    return small();
  }

  @Override
  public Map<String, Config> presets() {
    Map<String, Config> presets = new LinkedHashMap<>();
    presets.put("small", small());
    presets.put("mad", new Config(16, 32, 12_800, 1_280, 1_280));
    return presets;
  }

  private static Config small() {
    return new Config(8, 8, 20_000, 500, 1_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    int letters = config.vocabulary() - 1;
    Vocabulary symbols = SelectiveCopying.symbols(letters);
    SlotsGenerator generator =
        new SlotsGenerator(
            letters,
            config.length() - 1,
            0,
            SelectiveCopying.Spacing.PLACES,
            symbols.id("?"),
            symbols.id("."));
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    return SelectiveCopying.task(symbols, sizes, seed, generator);
  }
}
