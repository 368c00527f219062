package seqmark.harness;

import java.util.function.Supplier;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.harness.ExperimentConfig.TaskEntry;
import seqmark.nn.ModelProvider;
import seqmark.tasks.TaskProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry of {@code tasks} or {@code models}: a provider's name and options for it.
 *
 * @param tree the config
 * @param path where the entry stands in it, for instance {@code models.2}
 * @param key the key of the name: {@code task} or {@code model}
 * @param node the entry
 */
record ConfigEntry(ConfigTree tree, String path, String key, ObjectNode node) {
  private static final String TASK = "task";
  private static final String PRESET = "preset";

  /** The task that this entry means, labelled with its id. */
  TaskEntry<?> task(Registry registry) {
    return task(located(() -> registry.task(id())));
  }

  private <C extends Record> TaskEntry<C> task(TaskProvider<C> provider) {
    return new TaskEntry<>(provider.id(), provider, options(base(provider)));
  }

  /** What the entry's options start from: the preset that it names, or the defaults. */
  private <C extends Record> C base(TaskProvider<C> provider) {
    JsonNode name = node.path(PRESET);
    if (name.isMissingNode()) {
      return provider.defaults();
    }
    C preset = provider.presets().get(name.asString());
    if (preset == null) {
      String known = String.join(", ", provider.presets().keySet());
      throw new UserError(
          tree.place(ConfigTree.join(path, PRESET))
              + ": task "
              + provider.id()
              + " has no preset '"
              + name.asString()
              + "'"
              + Nearest.suggestion(name.asString(), provider.presets().keySet())
              + (known.isEmpty() ? "; it has none" : "; its presets: " + known));
    }
    return preset;
  }

  /** The model that this entry means, labelled with its id. */
  ModelEntry<?> model(Registry registry) {
    return model(located(() -> registry.model(id())));
  }

  private <C extends Record> ModelEntry<C> model(ModelProvider<C> provider) {
    return new ModelEntry<>(provider.id(), provider, options(provider.defaults()));
  }

  private String id() {
    JsonNode id = node.path(key);
    if (!id.isString()) {
      throw new UserError(path + ": expected an entry such as {" + key + ": NAME}");
    }
    return id.asString();
  }

  private <T> T located(Supplier<T> lookup) {
    try {
      return lookup.get();
    } catch (UserError e) {
      String place = tree.place(ConfigTree.join(path, key));
      throw new UserError(place + ": " + e.getMessage(), e);
    }
  }

  /** The provider's defaults, with what the entry says. */
  private <C extends Record> C options(C defaults) {
    ObjectNode given = node.deepCopy();
    given.remove(key);
    if (key.equals(TASK)) {
      given.remove(PRESET);
    }
    ObjectNode known = ConfigBinder.MAPPER.valueToTree(defaults);
    @SuppressWarnings("unchecked") // The class of a C.
    Class<C> type = (Class<C>) defaults.getClass();
    return ConfigBinder.bind(tree, path, Trees.merge(known, given), type);
  }

  /** An entry with all its options. */
  static ObjectNode of(String key, String id, Record options) {
    ObjectNode entry = ConfigBinder.MAPPER.createObjectNode().put(key, id);
    entry.setAll((ObjectNode) ConfigBinder.MAPPER.valueToTree(options));
    return entry;
  }
}
