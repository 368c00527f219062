package seqmark.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import seqmark.harness.Registry;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is measured of a model: an entry of {@code workloads.json}, which the peers read as well.
 *
 * @param settings of the model, all of them
 * @param seed of the first weights: one with which generation goes on to the longest output
 * @param vocabulary source and target ids, special tokens included
 * @param batch sequences per step
 * @param source length of sources
 * @param target length of targets, the end token included
 */
record Setup(JsonNode settings, long seed, int vocabulary, int batch, int source, int target) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** The entry of a model. */
  static Setup of(String model) {
    try (InputStream in = Setup.class.getResourceAsStream("workloads.json")) {
      Map<String, Setup> all = JSON.readValue(in, new TypeReference<>() {});
      Setup setup = all.get(model);
      if (setup == null) {
        throw new IllegalArgumentException(
            "model: expected one of " + all.keySet() + ", found '" + model + "'");
      }
      return setup;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model of this name with these settings. */
  SequenceModel model(String id) {
    return create(Registry.builtIn().model(id));
  }

  private <C extends Record> SequenceModel create(ModelProvider<C> provider) {
    Problem problem = Problem.of(vocabulary, vocabulary, source, longest());
    return provider.create(JSON.convertValue(settings, settingsOf(provider)), problem);
  }

  @SuppressWarnings("unchecked") // a class knows its own type, but getClass() does not say so
  private static <C extends Record> Class<C> settingsOf(ModelProvider<C> provider) {
    return (Class<C>) provider.defaults().getClass();
  }

  /** The most tokens of a target, its end token not counted. */
  int longest() {
    return target - 1;
  }
}
