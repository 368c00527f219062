package seqmark.backend.cpu;

import static seqmark.backend.cpu.ScanArrays.CHANNELS;
import static seqmark.backend.cpu.ScanArrays.DY;
import static seqmark.backend.cpu.ScanArrays.D_DELTA;
import static seqmark.backend.cpu.ScanArrays.STEPS;
import static seqmark.backend.cpu.ScanArrays.U;
import static seqmark.backend.cpu.ScanArrays.Y;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.StateSpace;

/** Kernels of {@link StateSpace}: the order of blocks, and what goes from one to the next. */
final class SelectiveScanKernels {
  private SelectiveScanKernels() {}

  /** A unit is one block of channels of a batch row, at all times. */
  static final class SelectiveScan implements Kernel {
    private final ScanBlock block;
    private final Operand first;
    private final Operand out;
    private final Operand last;
    private final Operand kept;

    SelectiveScan(Node n, Memory memory) {
      block = new ScanBlock(n, 0, ((StateSpace.SelectiveScan) n.op()).discretisation(), memory);
      first = memory.of(n.in(6));
      out = memory.of(n.out(0));
      last = memory.of(n.out(1));
      kept = memory.of(n.out(2));
    }

    @Override
    public int units() {
      return block.rows * block.blocks;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] s = ThreadScratch.floats(block.floats + block.blocks * block.step);
      block.clear(s, block.floats + block.blocks * block.step);
      for (int unit = from; unit < to; ) {
        int row = unit / block.blocks;
        int before = row * block.blocks;
        int end = Math.min(to, before + block.blocks);
        scan(t, s, row, (unit - before) * CHANNELS, (end - before) * CHANNELS);
        unit = end;
      }
    }

    /** Chunk after chunk, and in each block after block, as the operands lie in memory. */
    private void scan(int t, float[] s, int row, int from, int to) {
      int states = row * block.states * block.width;
      for (int channel = from; channel < to; channel += CHANNELS) {
        int at = first.at(t) + states + channel;
        int state = state(channel);
        block.pack(first.data(), at, block.states, channel, s, state);
        Arrays.fill(s, state + block.states * CHANNELS, state + block.step, 0);
      }
      for (int chunk = 0; chunk < block.chunks; chunk++) {
        block.loadChunk(t, s, row, chunk * STEPS);
        block.fetch(out, t, row, chunk * STEPS, block.steps(chunk * STEPS));
        for (int channel = from; channel < to; channel += CHANNELS) {
          block(t, s, row, chunk, channel);
        }
      }
      for (int channel = from; channel < to; channel += CHANNELS) {
        int at = last.at(t) + states + channel;
        block.unpack(s, state(channel), block.states, channel, last.data(), at);
      }
    }

    /** Where a block's states {@code [states][CHANNELS]} lie in the scratch, behind the block. */
    private int state(int channel) {
      return block.floats + channel * block.paired;
    }

    private void block(int t, float[] s, int row, int chunk, int channel) {
      int start = chunk * STEPS;
      int steps = block.steps(start);
      int state = state(channel);
      int before = (row * block.chunks + chunk) * block.states * block.width + channel;
      block.unpack(s, state, block.states, channel, kept.data(), kept.at(t) + before);
      block.loadBlock(t, s, row, start, channel);
      block.begin(s, steps);
      block.skip(s, steps);
      for (int n = 0; n < block.states; n += 2) {
        block.read(s, steps, n, state + n * CHANNELS);
      }
      int y = out.at(t) + (row * block.length + start) * block.width + channel;
      block.unpack(s, Y, steps, channel, out.data(), y);
    }
  }

  /**
   * A unit is a batch row: chunk after chunk from the end, and in each chunk block after block, so
   * that the sums over channels have their order.
   */
  static final class SelectiveScanGradient implements Kernel {
    private final ScanBlock block;
    private final ScanBlockGradient gradient;
    private final Operand dOut;
    private final Operand dLast;
    private final Operand kept;
    private final Operand du;
    private final Operand dDelta;
    private final Operand da;
    private final Operand db;
    private final Operand dc;
    private final Operand dSkip;
    private final Operand dFirst;

    SelectiveScanGradient(Node n, Memory memory) {
      var op = (StateSpace.SelectiveScanGradient) n.op();
      block = new ScanBlock(n, 2, op.discretisation(), memory);
      gradient = new ScanBlockGradient(block);
      dOut = memory.of(n.in(0));
      dLast = memory.of(n.in(1));
      kept = memory.of(n.in(8));
      du = memory.of(n.out(0));
      dDelta = memory.of(n.out(1));
      da = memory.of(n.out(2));
      db = memory.of(n.out(3));
      dc = memory.of(n.out(4));
      dSkip = memory.of(n.out(5));
      dFirst = memory.of(n.out(6));
    }

    @Override
    public int units() {
      return block.rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] s = ThreadScratch.floats(gradient.floats());
      block.clear(s, gradient.floats());
      for (int row = from; row < to; row++) {
        begin(t, s, row);
        for (int chunk = block.chunks - 1; chunk >= 0; chunk--) {
          chunk(t, s, row, chunk);
        }
        end(t, s, row);
      }
    }

    private void begin(int t, float[] s, int row) {
      gradient.beginRow(s);
      int state = dLast.at(t) + row * block.states * block.width;
      for (int i = 0; i < block.blocks; i++) {
        int channel = i * CHANNELS;
        int dh = gradient.dhAt + i * block.step;
        block.pack(dLast.data(), state + channel, block.states, channel, s, dh);
      }
    }

    private void chunk(int t, float[] s, int row, int chunk) {
      int start = chunk * STEPS;
      gradient.beginChunk(s);
      block.loadChunk(t, s, row, start);
      block.fetch(dOut, t, row, start, block.steps(start));
      block.fetch(du, t, row, start, block.steps(start));
      block.fetch(dDelta, t, row, start, block.steps(start));
      for (int i = 0; i < block.blocks; i++) {
        block(t, s, row, chunk, i);
      }
      if (!block.perChannel) {
        int steps = block.steps(start);
        int first = row * block.length + start;
        int ldb = db.distance();
        int ldc = dc.distance();
        gradient.sumLanes(s, gradient.dbAt, steps, db.data(), db.at(t) + first * ldb, ldb);
        gradient.sumLanes(s, gradient.dcAt, steps, dc.data(), dc.at(t) + first * ldc, ldc);
      }
    }

    private void block(int t, float[] s, int row, int chunk, int index) {
      int channel = index * CHANNELS;
      int start = chunk * STEPS;
      int steps = block.steps(start);
      int before = (row * block.chunks + chunk) * block.states * block.width + channel;
      int at = (row * block.length + start) * block.width + channel;
      block.loadBlock(t, s, row, start, channel);
      block.pack(kept.data(), kept.at(t) + before, block.states, channel, s, gradient.stateAt);
      block.pack(dOut.data(), dOut.at(t) + at, steps, channel, s, DY);
      gradient.run(s, steps, index);
      block.unpack(s, U, steps, channel, du.data(), du.at(t) + at);
      block.unpack(s, D_DELTA, steps, channel, dDelta.data(), dDelta.at(t) + at);
    }

    private void end(int t, float[] s, int row) {
      for (int i = 0; i < block.blocks; i++) {
        state(t, s, gradient.dhAt, row, i, dFirst);
        state(t, s, gradient.daAt, row, i, da);
        if (block.perChannel) {
          state(t, s, gradient.dbSumAt, row, i, db);
          state(t, s, gradient.dcSumAt, row, i, dc);
        }
        int channel = i * CHANNELS;
        int at = dSkip.at(t) + row * block.width + channel;
        block.unpack(s, gradient.dSkipAt + channel, 1, channel, dSkip.data(), at);
      }
    }

    private void state(int t, float[] s, int s0, int row, int index, Operand out) {
      int channel = index * CHANNELS;
      int at = out.at(t) + row * block.states * block.width + channel;
      block.unpack(s, s0 + index * block.step, block.states, channel, out.data(), at);
    }
  }
}
