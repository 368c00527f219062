package seqmark.harness;

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
    String name, String config, Map<String, String> provenance, List<TrialResult> trials) {}
