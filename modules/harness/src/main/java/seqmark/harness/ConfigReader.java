package seqmark.harness;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import seqmark.harness.ExperimentConfig.Budget;
import seqmark.harness.ExperimentConfig.Decode;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.harness.ExperimentConfig.TaskEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Makes an {@link ExperimentConfig} of a tree: fills in defaults and checks everything.
 *
 * @param folder where relative paths of tasks start
 */
record ConfigReader(Registry registry, Path folder) {
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final List<String> KEYS =
      Stream.of(Shape.class.getRecordComponents()).map(RecordComponent::getName).toList();
  static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .build();

  /** A config as it is written, entries still unread. */
  private record Shape(
      String name,
      List<Long> seeds,
      Budget budget,
      Train train,
      Decode decode,
      List<ObjectNode> tasks,
      List<ObjectNode> models,
      Map<String, List<JsonNode>> grid) {}

  /** The config of a tree; every setting of its grid is checked too. */
  ExperimentConfig read(ConfigTree tree) {
    ExperimentConfig config = readOne(tree);
    for (Map<String, String> setting : config.grid().settings()) {
      readOne(Grid.apply(tree, setting));
    }
    return config;
  }

  /** The config that a setting of the grid makes of this one. */
  ExperimentConfig with(ExperimentConfig config, Map<String, String> setting) {
    return readOne(Grid.apply(ConfigTree.parse("config", config.yaml()), setting));
  }

  private ExperimentConfig readOne(ConfigTree tree) {
    requireKnown(tree, KEYS);
    ObjectNode merged = Trees.merge(defaults(), tree.root());
    Shape shape = ConfigBinder.bind(tree, "", merged, Shape.class);
    check(tree, shape);
    List<TaskEntry<?>> tasks =
        each(shape.tasks, (i, n) -> new ConfigEntry(tree, "tasks." + i, "task", n).task(registry));
    List<ModelEntry<?>> models =
        each(
            shape.models,
            (i, n) -> new ConfigEntry(tree, "models." + i, "model", n).model(registry));
    List<ObjectNode> taskNodes =
        each(tasks, (i, t) -> ConfigEntry.of("task", t.provider().id(), t.options()));
    List<ObjectNode> modelNodes =
        each(models, (i, m) -> ConfigEntry.of("model", m.provider().id(), m.options()));
    List<String> taskLabels = Labels.of(tree, "tasks", taskNodes);
    List<String> modelLabels = Labels.of(tree, "models", modelNodes);
    return new ExperimentConfig(
        shape.name,
        shape.seeds,
        shape.budget,
        shape.train,
        shape.decode,
        each(tasks, (i, task) -> task.labelled(taskLabels.get(i))),
        each(models, (i, model) -> model.labelled(modelLabels.get(i))),
        Grid.of(tree, shape.grid),
        folder,
        yaml(merged, taskNodes, modelNodes));
  }

  /** Jackson would first miss the key that an unknown one was meant to be. */
  static void requireKnown(ConfigTree tree, List<String> keys) {
    for (String key : tree.root().propertyNames()) {
      if (!keys.contains(key)) {
        throw ConfigBinder.unknownKey(tree, key, keys);
      }
    }
  }

  private static void check(ConfigTree tree, Shape shape) {
    requireFileName(tree, shape.name);
    requireFilled(tree, "seeds", shape.seeds);
    requireFilled(tree, "tasks", shape.tasks);
    requireFilled(tree, "models", shape.models);
    if (new HashSet<>(shape.seeds).size() < shape.seeds.size()) {
      throw new UserError(tree.place("seeds") + ": seeds: one of them stands there twice");
    }
  }

  static void requireFileName(ConfigTree tree, String name) {
    if (!FILE_NAME.matcher(name).matches()) {
      throw new UserError(
          tree.place("name")
              + ": name: expected letters, digits, '.', '_' and '-' only (64 at most, the first a"
              + " letter or digit), because it names a folder, but found '"
              + name
              + "'");
    }
  }

  static void requireFilled(ConfigTree tree, String path, List<?> list) {
    if (list.isEmpty()) {
      throw new UserError(tree.place(path) + ": " + path + ": needs at least one entry");
    }
  }

  static <A, B> List<B> each(List<A> list, BiFunction<Integer, A, B> function) {
    List<B> results = new ArrayList<>();
    for (A item : list) {
      results.add(function.apply(results.size(), item));
    }
    return List.copyOf(results);
  }

  private static ObjectNode defaults() {
    JsonMapper mapper = ConfigBinder.MAPPER;
    ObjectNode defaults = mapper.createObjectNode();
    defaults.putArray("seeds").add(1);
    defaults.set("budget", mapper.valueToTree(Budget.NONE));
    defaults.set("train", mapper.valueToTree(Train.DEFAULTS));
    defaults.set("decode", mapper.valueToTree(Decode.DEFAULTS));
    defaults.putObject("grid");
    return defaults;
  }

  /** Everything in the order of {@link Shape}. */
  private static String yaml(ObjectNode merged, List<ObjectNode> tasks, List<ObjectNode> models) {
    ObjectNode written = ConfigBinder.MAPPER.createObjectNode();
    KEYS.forEach(key -> written.set(key, merged.get(key)));
    written.putArray("tasks").addAll(tasks);
    written.putArray("models").addAll(models);
    return YAML.writeValueAsString(written);
  }
}
