package seqmark.nn.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import seqmark.nn.Tokens;

/**
 * The hypotheses about one source. Each occupies a row of the step's batch; rows without a
 * hypothesis are computed and ignored.
 */
final class Beam {
  /** A hypothesis in some row, made longer by a token. */
  private record Candidate(int row, int token, double logProbability) {
    /** Best first; ties in the order of rows and tokens, so that results do not vary. */
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingDouble(Candidate::logProbability)
            .reversed()
            .thenComparingInt(Candidate::row)
            .thenComparingInt(Candidate::token);
  }

  private final Search search;
  private List<Hypothesis> alive = List.of(Hypothesis.EMPTY);
  private Hypothesis ended;

  Beam(Search search) {
    this.search = search;
  }

  /**
   * Whether no living hypothesis can still beat the best one that has ended. Probabilities only
   * fall, and dividing by the greatest length allowed is the most that length can do for one.
   */
  boolean done() {
    if (alive.isEmpty()) {
      return true;
    }
    if (ended == null) {
      return false;
    }
    double bound = alive.getFirst().logProbability() / Math.pow(search.longest(), power());
    return search.beam() == 1 || ended.score(power()) >= bound;
  }

  private double power() {
    return search.lengthPower();
  }

  /** The last token of the hypothesis in a row of this beam. */
  int token(int row) {
    return row < alive.size() ? alive.get(row).token() : Tokens.PAD;
  }

  /**
   * Makes the hypotheses one token longer.
   *
   * @param step what the model said of all rows
   * @param first the first row of this beam
   * @param parents filled with the rows that the new hypotheses come from
   */
  void advance(StepProgram step, int first, int[] parents) {
    List<Hypothesis> next = new ArrayList<>();
    List<Candidate> best = candidates(step, first);
    for (int rank = 0; rank < best.size() && next.size() < search.beam(); rank++) {
      Candidate c = best.get(rank);
      Hypothesis before = alive.get(c.row());
      Hypothesis longer =
          new Hypothesis(
              before,
              c.token(),
              before.length() + 1,
              c.logProbability(),
              step.attention(first + c.row()));
      if (c.token() != Tokens.EOS) {
        parents[first + next.size()] = first + c.row();
        next.add(longer);
      } else if (rank < search.beam()) {
        ended = ended == null || longer.score(power()) > ended.score(power()) ? longer : ended;
      }
    }
    alive = next;
  }

  /** The best continuations: twice as many as the beam is wide, since half may be ends. */
  private List<Candidate> candidates(StepProgram step, int first) {
    int count = 2 * search.beam();
    PriorityQueue<Candidate> worstFirst =
        new PriorityQueue<>(count + 1, Candidate.BEST_FIRST.reversed());
    for (int row = 0; row < alive.size(); row++) {
      double before = alive.get(row).logProbability();
      double logSum = step.logSum(first + row);
      for (int token = Tokens.EOS; token < step.vocabulary(); token++) {
        double logProbability = before + step.logit(first + row, token) - logSum;
        // Of equals the earlier one is better, and most tokens are not worth an object.
        if (worstFirst.size() == count && logProbability <= worstFirst.peek().logProbability()) {
          continue;
        }
        worstFirst.add(new Candidate(row, token, logProbability));
        if (worstFirst.size() > count) {
          worstFirst.poll();
        }
      }
    }
    return worstFirst.stream().sorted(Candidate.BEST_FIRST).toList();
  }

  /** The best output that has ended; if none has, the best beginning of one. */
  Generated best() {
    Hypothesis best = ended != null ? ended : alive.getFirst();
    return best.generated();
  }
}
