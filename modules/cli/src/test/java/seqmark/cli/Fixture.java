package seqmark.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import seqmark.compute.Session;
import seqmark.harness.ExperimentConfig;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.harness.Registry;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;
import seqmark.nn.io.Checkpoint;
import seqmark.nn.io.Safetensors;
import seqmark.nn.io.Tensor;
import seqmark.nn.train.Probe;

/**
 * A model's weights, a batch and what PyTorch made of them, in one file; {@code
 * benchmarks/peers/README.md} says how they were written.
 *
 * @param name of the file
 * @param content {@code weights.*}, {@code batch.*}, {@code logits}, {@code loss}, {@code grad.*}
 */
record Fixture(String name, Checkpoint content) {
  static Fixture read(Path file) {
    try {
      return new Fixture(file.getFileName().toString(), Safetensors.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id of the model. */
  String model() {
    return text("model");
  }

  /** The tensors whose names start with a prefix, by the rest of their names. */
  Map<String, Tensor> tensors(String prefix) {
    Map<String, Tensor> found = new TreeMap<>();
    content
        .tensors()
        .forEach((key, tensor) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), tensor);
          }
        });
    return found;
  }

  /** What PyTorch makes of them: {@code logits}, {@code loss}, {@code grad.<parameter>}. */
  Map<String, Tensor> outputs() {
    Map<String, Tensor> outputs = tensors("");
    outputs.keySet().removeIf(key -> key.startsWith("weights.") || key.startsWith("batch."));
    return outputs;
  }

  /** Outputs whose logits are zeros where PyTorch's are: those of padding mean nothing. */
  Map<String, Tensor> withoutPadding(Map<String, Tensor> outputs) {
    Tensor logits = outputs.get("logits");
    float[] mask =
        content.tensors().get(labels() ? "batch.source.mask" : "batch.target.mask").values();
    int vocabulary = logits.shape().dim(2);
    float[] values = logits.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= mask[i / vocabulary];
    }
    Map<String, Tensor> masked = new TreeMap<>(outputs);
    masked.put("logits", new Tensor(logits.shape(), values));
    return masked;
  }

  /** Whether the source is labelled, so that there are no decoder inputs. */
  private boolean labels() {
    return !content.tensors().containsKey("batch.target.in");
  }

  /** What Seqmark makes of the same weights and sequences. */
  Probe probe(Registry registry, String backend) {
    try (Session session = registry.backend(backend).open(1, 1)) {
      tensors("weights.").forEach((key, t) -> session.write(key, t.shape(), t.values()));
      return Probe.of(create(registry), session, sources(), targets());
    }
  }

  /** The model as a config with these settings has it. */
  private SequenceModel create(Registry registry) {
    List<String> settings = new ArrayList<>();
    String prefix = "settings.";
    content
        .metadata()
        .forEach((key, value) -> {
          if (key.startsWith(prefix)) {
            settings.add(
                "models.%s.%s=%s".formatted(model(), key.substring(prefix.length()), value));
          }
        });
    return create(
        ExperimentConfig.of(model(), "copy", settings, registry).models().getFirst(), problem());
  }

  private static <C extends Record> SequenceModel create(ModelEntry<C> entry, Problem problem) {
    return entry.provider().create(entry.options(), problem);
  }

  private Problem problem() {
    return new Problem(
        number("sourceVocabulary"),
        number("targetVocabulary"),
        number("maxSourceLength"),
        number("maxTargetLength"),
        Boolean.parseBoolean(text("problem.shared")),
        number("features"),
        number("sentenceEnd"),
        Boolean.parseBoolean(text("problem.asks")));
  }

  private int number(String key) {
    return Integer.parseInt(text("problem." + key));
  }

  private String text(String key) {
    String value = content.metadata().get(key);
    if (value == null) {
      throw new IllegalStateException(name + ": no '" + key + "' in its metadata");
    }
    return value;
  }

  private Sources sources() {
    int[][] read = set("source.mask");
    List<float[][]> features = new ArrayList<>();
    Tensor vectors = content.tensors().get("batch.source.features");
    for (int b = 0; vectors != null && b < read.length; b++) {
      int width = vectors.shape().dim(2);
      int start = b * vectors.shape().dim(1);
      features.add(
          Arrays.stream(read[b])
              .map(column -> (start + column) * width)
              .mapToObj(i -> Arrays.copyOfRange(vectors.values(), i, i + width))
              .toArray(float[][]::new));
    }
    List<int[]> asked = labels() ? List.of(set("target.mask")) : List.of();
    return new Sources(ids("source", read), features, asked);
  }

  /** The labels that are asked, or the targets without their end tokens. */
  private int[][] targets() {
    int[][] counted = set("target.mask");
    if (!labels()) {
      counted =
          Arrays.stream(counted).map(c -> Arrays.copyOf(c, c.length - 1)).toArray(int[][]::new);
    }
    return ids("target.out", counted);
  }

  /** The columns of each row where a mask is set. */
  private int[][] set(String mask) {
    return Arrays.stream(rows(mask))
        .map(row -> IntStream.range(0, row.length).filter(i -> row[i] != 0).toArray())
        .toArray(int[][]::new);
  }

  /** The ids in these columns of each row. */
  private int[][] ids(String name, int[][] columns) {
    float[][] rows = rows(name);
    return IntStream.range(0, rows.length)
        .mapToObj(b -> Arrays.stream(columns[b]).map(i -> (int) rows[b][i]).toArray())
        .toArray(int[][]::new);
  }

  private float[][] rows(String name) {
    Tensor t = content.tensors().get("batch." + name);
    int width = t.shape().dim(1);
    return IntStream.range(0, t.shape().dim(0))
        .mapToObj(b -> Arrays.copyOfRange(t.values(), b * width, (b + 1) * width))
        .toArray(float[][]::new);
  }
}
