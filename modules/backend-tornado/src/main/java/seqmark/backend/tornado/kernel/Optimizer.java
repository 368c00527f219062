package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What is done to parameters. */
final class Optimizer {
  private Optimizer() {}

  /**
   * AdamW; operands: parameter, gradient, both moments, factor, rates. Nothing is updated where the
   * factor is no number, or where an id was wrong: the run will end in an error.
   */
  static void adamw(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    float beta1 = Word.fraction(m, d, o, 0);
    float beta2 = Word.fraction(m, d, o, 1);
    float epsilon = Word.fraction(m, d, o, 2);
    float decay = Word.fraction(m, d, o, 3);
    int parameter = Word.at(d, o, 0, t);
    int gradient = Word.at(d, o, 1, t);
    int mean = Word.at(d, o, 2, t);
    int square = Word.at(d, o, 3, t);
    float factor = m.get(Word.at(d, o, 4, t));
    int rates = Word.at(d, o, 5, t);
    float rate = m.get(rates);
    float unbias1 = m.get(rates + 1);
    float unbias2 = m.get(rates + 2);
    boolean allWell = m.get(Transfers.STATUS) == Transfers.ALL_WELL;
    if (allWell && !Float.isNaN(factor)) {
      for (int i = from; i < to; i += by) {
        float g = m.get(gradient + i) * factor;
        float first = beta1 * m.get(mean + i) + (1f - beta1) * g;
        float second = beta2 * m.get(square + i) + (1f - beta2) * g * g;
        float w = m.get(parameter + i);
        m.set(mean + i, first);
        m.set(square + i, second);
        float step = first / unbias1 / (TornadoMath.sqrt(second / unbias2) + epsilon);
        m.set(parameter + i, w - rate * (step + decay * w));
      }
    }
  }
}
