package seqmark.nn.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import seqmark.compute.Graph;
import seqmark.compute.Node;
import seqmark.compute.Ops;
import seqmark.compute.Scan;
import seqmark.compute.Value;
import seqmark.compute.op.Embedding;
import seqmark.compute.op.Update;
import seqmark.nn.Setting;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2).
 *
 * <p>Weights of rank 2 and above decay. Biases and embedding tables do not: a bias does not
 * overfit, and a rare symbol's vector would shrink at every step that does not show it.
 *
 * @param learningRate the highest learning rate
 * @param beta1 decay of the mean of gradients, in [0, 1)
 * @param beta2 decay of the mean of squared gradients, in [0, 1)
 * @param epsilon added to the root of the latter
 * @param weightDecay share of the weights taken away per step, times the learning rate
 */
public record AdamW(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
  /** Checks the settings. */
  public AdamW {
    Setting.positive("learning rate", learningRate);
    Setting.rate("beta1", beta1);
    Setting.rate("beta2", beta2);
    Setting.positive("epsilon", epsilon);
    Setting.rate("weight decay", weightDecay);
  }

  /** Betas of 0.9 and 0.999, an epsilon of 1e-8. */
  public static AdamW of(double learningRate, double weightDecay) {
    return new AdamW(learningRate, 0.9, 0.999, 1e-8, weightDecay);
  }

  /**
   * Appends the update of every parameter; moments are states {@code adamw.m/<parameter>} and
   * {@code adamw.v/<parameter>}.
   *
   * @param gradients in the order of the graph's parameters
   * @param factor [] that gradients are multiplied with
   * @param rates [3], to be filled by {@link #fillRates}
   */
  void update(Graph g, List<Value> gradients, Value factor, Value rates) {
    Set<Value> tables = lookedUp(g);
    List<Value> parameters = g.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Value p = parameters.get(i);
      boolean decays = p.shape().rank() >= 2 && !tables.contains(p);
      Update.AdamW op =
          new Update.AdamW(
              (float) beta1, (float) beta2, (float) epsilon, decays ? (float) weightDecay : 0);
      Value mean = g.state("adamw.m/" + p.name(), p.shape());
      Value square = g.state("adamw.v/" + p.name(), p.shape());
      Ops.applyAll(op, p, gradients.get(i), mean, square, factor, rates);
    }
  }

  /** The learning rate and the bias corrections of a step that counts from 0. */
  void fillRates(float[] rates, int step, double scheduled) {
    rates[0] = (float) (learningRate * scheduled);
    rates[1] = (float) (1 - Math.pow(beta1, step + 1));
    rates[2] = (float) (1 - Math.pow(beta2, step + 1));
  }

  private static Set<Value> lookedUp(Graph g) {
    List<Node> nodes = new ArrayList<>(g.nodes());
    for (Node n : g.nodes()) {
      if (n.op() instanceof Scan scan) {
        nodes.addAll(scan.loop().nodes());
      }
    }
    Set<Value> tables = new HashSet<>();
    for (Node n : nodes) {
      if (n.op() instanceof Embedding.Lookup) {
        tables.add(n.in(0));
      }
    }
    return tables;
  }
}
