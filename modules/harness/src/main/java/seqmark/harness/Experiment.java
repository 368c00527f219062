package seqmark.harness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of a config, read back from its results file.
 *
 * @param name the config's name
 * @param config the config as YAML, overrides applied
 * @param provenance versions, commit, machine, threads, backend: everything needed to do it again
 * @param trials in the order of the config
 */
public record Experiment(
    String name, String config, Map<String, String> provenance, List<TrialResult> trials) {
  /** Before a model's label: the key, in the provenance, of its ops without a kernel. */
  static final String REFERENCE_OPS = "ops run by reference, ";

  /**
   * The ops that had no kernel and ran their float64 reference, by the label of their model. Where
   * there are any, that model's speed says nothing.
   */
  public Map<String, String> referenceOps() {
    Map<String, String> ops = new LinkedHashMap<>();
    provenance.forEach((key, value) -> {
      if (key.startsWith(REFERENCE_OPS)) {
        ops.put(key.substring(REFERENCE_OPS.length()), value);
      }
    });
    return ops;
  }
}
