package seqmark.testkit;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.attentionAdditive;
import static seqmark.compute.Ops.attentionDot;
import static seqmark.compute.Ops.attentionMix;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.crossEntropy;
import static seqmark.compute.Ops.dense;
import static seqmark.compute.Ops.dropout;
import static seqmark.compute.Ops.gruCell;
import static seqmark.compute.Ops.lookup;
import static seqmark.compute.Ops.lstmCell;
import static seqmark.compute.Ops.softmax;
import static seqmark.compute.Ops.sum;
import static seqmark.compute.Ops.tanh;
import static seqmark.compute.Ops.transpose;
import static seqmark.compute.Ops.zeros;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.CounterRandom;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Loop;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Value;
import seqmark.compute.op.Update;

/**
 * A whole training step of a small model with a bit of everything: LSTM encoder with padding, GRU
 * decoder with two attentions, dropout, clipping, AdamW.
 */
final class TinyTranslator {
  private static final int B = 6;
  private static final int S = 5;
  private static final int T = 4;
  private static final int V = 11;
  private static final int E = 9;
  private static final int H = 13;

  private final Graph g = new Graph(true);
  private final Value source = g.input("source", S, B);
  private final Value sourceMask = g.input("source.mask", S, B);
  private final Value target = g.input("target", T, B);
  private final Value weights = g.input("weights", T, B);
  private final Value rates = g.input("rates", 3);
  private final Value loss;

  TinyTranslator() {
    Value logits = decode(encode());
    loss = g.output(sum(crossEntropy(logits, target, weights, 0.1)));
    List<Value> parameters = g.parameters();
    List<Value> gradients = Gradients.of(loss, parameters);
    Value factor = Ops.applyAll(new Update.ClipNorm(1), gradients.toArray(Value[]::new)).get(1);
    for (int i = 0; i < gradients.size(); i++) {
      Value p = parameters.get(i);
      Value first = g.state(p.name() + ".first", p.shape());
      Value second = g.state(p.name() + ".second", p.shape());
      var update = new Update.AdamW(0.9f, 0.99f, 1e-6f, 0.01f);
      Ops.applyAll(update, p, gradients.get(i), first, second, factor, rates);
    }
  }

  private Value weight(String name, int... shape) {
    return g.parameter(name, Init.uniform(0.3), shape);
  }

  private Value encode() {
    Value embedded = dropout(lookup(weight("embedding", V, E), source), 0.2);
    Value projected = dense(embedded, weight("encoder.w", E, 4 * H), weight("encoder.b", 4 * H));
    Loop loop = g.loop("encoder", S);
    Value h = loop.carry(zeros(g, B, H));
    Value c = loop.carry(zeros(g, B, H));
    Value gates = dense(h, weight("encoder.u", H, 4 * H), loop.slice(projected));
    List<Value> next = lstmCell(gates, c, h, loop.slice(sourceMask));
    loop.next(h, next.get(0));
    loop.next(c, next.get(1));
    loop.close();
    return transpose(loop.stack(next.get(0)), 1, 0, 2); // [B, S, H]
  }

  private Value decode(Value memory) {
    Value keys = dense(memory, weight("keys", H, H));
    Value mask = transpose(sourceMask, 1, 0);
    Value embedded = lookup(weight("output.embedding", V, E), target);
    Loop loop = g.loop("decoder", T);
    Value h = loop.carry(zeros(g, B, H));
    Value query = dense(h, weight("query", H, H));
    Value additive = attentionAdditive(query, keys, weight("score", H));
    Value score = add(additive, attentionDot(query, memory));
    Value context = attentionMix(softmax(score, mask), memory);
    Value x = concat(1, loop.slice(embedded), context);
    Value input = dense(x, weight("decoder.w", E + H, 3 * H), weight("decoder.b", 3 * H));
    Value state = dense(h, weight("decoder.u", H, 3 * H));
    Value next = gruCell(input, state, h, null);
    loop.next(h, next);
    Value readout = dropout(tanh(dense(concat(1, next, context), weight("r", 2 * H, H))), 0.1);
    loop.close();
    return dense(loop.stack(readout), weight("out.w", H, V), weight("out.b", V));
  }

  Graph graph() {
    return g;
  }

  Value loss() {
    return loss;
  }

  /** Fills the inputs for training step {@code step}, counted from 1. */
  void fill(Program program, int step) {
    CounterRandom random = CounterRandom.seeded(step);
    program.write(source, OpCase.ids(V, S, B).values(random.fork("source")));
    program.write(target, OpCase.ids(V, T, B).values(random.fork("target")));
    program.write(weights, OpCase.mask(T, B).values(random.fork("weights")));
    float[] mask = new float[S * B];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i / B < 1 + i % B ? 1 : 0;
    }
    program.write(sourceMask, mask);
    program.write(g.randomKey(), new float[] {7, step});
    double first = 1 - Math.pow(0.9, step);
    double second = 1 - Math.pow(0.99, step);
    program.write(rates, new float[] {0.01f, (float) first, (float) second});
  }

  /** The names of the parameters. */
  List<String> parameters() {
    return new ArrayList<>(g.parameters().stream().map(Value::name).toList());
  }
}
