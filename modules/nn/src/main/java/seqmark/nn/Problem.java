package seqmark.nn;

/**
 * What a model has to know of a task before it is built.
 *
 * @param sourceVocabulary number of source ids, the special {@link Tokens} included
 * @param targetVocabulary number of target ids, the special {@link Tokens} included
 * @param maxSourceLength the longest source that will occur
 */
public record Problem(int sourceVocabulary, int targetVocabulary, int maxSourceLength) {}
