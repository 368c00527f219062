package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.op.Embedding;
import seqmark.compute.op.Rotary;

/** The kernel of {@link Rotary.Turn}. A unit is a row. */
final class RotaryKernel implements Kernel {
  private final Operand in;
  private final Operand table;
  private final Operand positions;
  private final Operand out;
  private final float direction;
  private final int known;
  private final int half;
  private final int width;
  private final int rows;

  RotaryKernel(Node n, Memory memory) {
    in = memory.of(n.in(0));
    table = memory.of(n.in(1));
    positions = memory.of(n.in(2));
    out = memory.of(n.out(0));
    direction = ((Rotary.Turn) n.op()).back() ? -1 : 1;
    known = n.in(1).shape().dim(0);
    half = n.in(1).shape().dim(1) / 2;
    width = n.out(0).shape().dim(-1);
    rows = n.out(0).shape().size() / width;
  }

  @Override
  public int units() {
    return rows;
  }

  @Override
  public void run(int t, int from, int to) {
    for (int row = from; row < to; row++) {
      int position = Embedding.check(positions.data()[positions.at(t) + row], known);
      int angles = table.at(t) + position * 2 * half;
      for (int head = row * width; head < (row + 1) * width; head += 2 * half) {
        turn(in.data(), in.at(t) + head, table.data(), angles, out.data(), out.at(t) + head);
      }
    }
  }

  private void turn(float[] x, int x0, float[] angles, int a0, float[] y, int y0) {
    FloatVector way = broadcast(SPECIES, direction);
    int whole = Lanes.whole(half);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector cos = fromArray(SPECIES, angles, a0 + i);
      FloatVector sin = fromArray(SPECIES, angles, a0 + half + i).mul(way);
      FloatVector first = fromArray(SPECIES, x, x0 + i);
      FloatVector second = fromArray(SPECIES, x, x0 + half + i);
      first.mul(cos).sub(second.mul(sin)).intoArray(y, y0 + i);
      second.mul(cos).add(first.mul(sin)).intoArray(y, y0 + half + i);
    }
    for (int i = whole; i < half; i++) {
      float cos = angles[a0 + i];
      float sin = angles[a0 + half + i] * direction;
      float first = x[x0 + i];
      float second = x[x0 + half + i];
      y[y0 + i] = first * cos - second * sin;
      y[y0 + half + i] = second * cos + first * sin;
    }
  }
}
