package seqmark.nn;

/**
 * What a model has to know of a task before it is built.
 *
 * @param sourceVocabulary number of source ids, the special {@link Tokens} included
 * @param targetVocabulary number of target ids, the special {@link Tokens} included
 * @param maxSourceLength the longest source that will occur
 * @param maxTargetLength the longest target that will occur or be written, without its end token
 * @param shared whether source and target ids mean the same symbols
 * @param features width F of the feature vector at every source position; 0 for tokens alone
 * @param sentenceEnd the source id that ends a sentence; 0 where a source has no sentences
 * @param asks whether answers belong to source positions, which a {@link Labeller} answers in place
 */
public record Problem(
    int sourceVocabulary,
    int targetVocabulary,
    int maxSourceLength,
    int maxTargetLength,
    boolean shared,
    int features,
    int sentenceEnd,
    boolean asks) {
  /** A task whose targets are sequences of their own. */
  public Problem(
      int sourceVocabulary,
      int targetVocabulary,
      int maxSourceLength,
      int maxTargetLength,
      boolean shared,
      int features,
      int sentenceEnd) {
    this(
        sourceVocabulary,
        targetVocabulary,
        maxSourceLength,
        maxTargetLength,
        shared,
        features,
        sentenceEnd,
        false);
  }

  /** Two languages of tokens, without features or sentences. */
  public static Problem of(
      int sourceVocabulary, int targetVocabulary, int maxSourceLength, int maxTargetLength) {
    return new Problem(
        sourceVocabulary, targetVocabulary, maxSourceLength, maxTargetLength, false, 0, 0);
  }

  /** The same with other longest lengths. */
  public Problem withLengths(int source, int target) {
    return new Problem(
        sourceVocabulary, targetVocabulary, source, target, shared, features, sentenceEnd, asks);
  }

  /** The same with a feature vector of this width at every source position. */
  public Problem withFeatures(int width) {
    return new Problem(
        sourceVocabulary,
        targetVocabulary,
        maxSourceLength,
        maxTargetLength,
        shared,
        width,
        sentenceEnd,
        asks);
  }
}
