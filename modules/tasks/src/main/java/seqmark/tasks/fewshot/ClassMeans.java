package seqmark.tasks.fewshot;

import seqmark.nn.Tokens;
import seqmark.tasks.Example;

/**
 * The means of the labelled examples of each class.
 *
 * @param means by class
 */
record ClassMeans(double[][] means) {
  /** Of all positions but the last one, the query. */
  static ClassMeans of(int[] labels, float[][] features, int ways) {
    double[][] means = new double[ways][features[0].length];
    int shots = (features.length - 1) / ways;
    for (int i = 0; i < features.length - 1; i++) {
      double[] mean = means[labels[i] - Tokens.FIRST];
      for (int k = 0; k < mean.length; k++) {
        mean[k] += (double) features[i][k] / shots;
      }
    }
    return new ClassMeans(means);
  }

  /** The class whose mean is nearest. */
  int nearest(float[] query) {
    return nearest(query, -1);
  }

  private int nearest(float[] query, int but) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int way = 0; way < means.length; way++) {
      double distance = squaredDistance(query, way);
      if (way != but && distance < least) {
        nearest = way;
        least = distance;
      }
    }
    return nearest;
  }

  private double squaredDistance(float[] query, int way) {
    double sum = 0;
    for (int k = 0; k < query.length; k++) {
      double difference = query[k] - means[way][k];
      sum += difference * difference;
    }
    return sum;
  }

  /** How far the query is from its class, in percent of how far it is from the next. */
  static double percentOfNext(Example example, int ways) {
    ClassMeans means = of(example.source(), example.features(), ways);
    float[] query = example.features()[example.features().length - 1];
    int own = means.nearest(query);
    int next = means.nearest(query, own);
    return 100 * Math.sqrt(means.squaredDistance(query, own) / means.squaredDistance(query, next));
  }
}
