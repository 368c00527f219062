/**
 * Length generalisation: functions of strings that are learnt on short strings and tested on longer
 * ones, by their level in the Chomsky hierarchy (Delétang et al. 2022, "Neural Networks and the
 * Chomsky Hierarchy").
 */
package seqmark.tasks.chomsky;
