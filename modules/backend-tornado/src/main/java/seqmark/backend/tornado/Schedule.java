package seqmark.backend.tornado;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import seqmark.backend.tornado.kernel.Products;
import seqmark.backend.tornado.kernel.Word;
import seqmark.compute.Loop;
import seqmark.compute.Node;
import seqmark.compute.Scan;
import seqmark.compute.op.Elementwise.Unary;
import seqmark.compute.op.MatMul.Dense;

/** The instructions of a program and the order in which they are launched. */
final class Schedule {
  private final Places places;
  private final List<int[]> words = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<Instruction> waiting = new ArrayList<>();
  private Node before;

  /** Of all nodes that have to run. */
  Schedule(Places places) {
    this.places = places;
    for (Node n : places.plan().live().nodes()) {
      if (n.op() instanceof Scan scan) {
        flush();
        loop(scan.loop());
      } else if (!fused(n)) {
        Lowerings.lower(n, places).forEach(this::add);
      }
      before = n;
    }
    flush();
  }

  /**
   * Whether a function of a dense layer's result was given to the layer's own instruction, which
   * then writes both. Not where that would write over what others of its launch still read.
   */
  private boolean fused(Node n) {
    boolean fits =
        n.op() instanceof Unary
            && before != null
            && before.op() instanceof Dense
            && n.in(0) == before.out(0)
            && !waiting.isEmpty();
    if (!fits) {
      return false;
    }
    Instruction layer = waiting.getLast();
    Operand result = places.of(n.out(0));
    List<Instruction> others = waiting.subList(0, waiting.size() - 1);
    if (layer.readsFrom(result) || others.stream().anyMatch(i -> i.touches(result))) {
      return false;
    }
    layer
        .with(Products.FUNCTION, ((Unary) n.op()).function().ordinal())
        .writes(Products.FUNCTION_RESULT, result);
    return true;
  }

  /** What runs one after the other. */
  List<Stage> stages() {
    return stages;
  }

  /** All words, those of instructions first and then the given. */
  int[] words(int[] last) {
    return IntStream.concat(words.stream().flatMapToInt(Arrays::stream), Arrays.stream(last))
        .toArray();
  }

  /** How many words the instructions have. */
  int size() {
    return words.size() * Word.COUNT;
  }

  /** Neighbours that one kernel can run at once are launched together. */
  private void add(Instruction i) {
    boolean joins = waiting.stream().allMatch(w -> w.kernel() == i.kernel() && i.independentOf(w));
    if (!joins) {
      flush();
    }
    waiting.add(i);
  }

  private void flush() {
    if (!waiting.isEmpty()) {
      stages.add(new Stage.Launch(waiting.getFirst().kernel(), size(), waiting.size()));
      waiting.forEach(i -> words.add(i.words()));
      waiting.clear();
    }
  }

  private void loop(Loop loop) {
    List<Instruction> entries =
        loop.carries().stream().map(c -> MoveLowering.entry(c, places)).toList();
    List<Instruction> body =
        places.plan().live().body(loop).stream()
            .flatMap(n -> Lowerings.lower(n, places).stream())
            .toList();
    int rows = places.plan().live().splittableRows(loop);
    if (fits(entries, rows) && fits(body, rows)) {
      onDevice(loop, entries, body, rows);
    } else if (fits(entries, 1) && fits(body, 1)) {
      onDevice(loop, entries, body, 1);
    } else {
      stages.add(new Stage.Steps(loop.steps(), loop.reverse(), launches(entries), launches(body)));
    }
  }

  private static boolean fits(List<Instruction> instructions, int rows) {
    return instructions.stream().allMatch(i -> i.fitsLoop(rows));
  }

  private void onDevice(Loop loop, List<Instruction> entries, List<Instruction> body, int rows) {
    int reverse = loop.reverse() ? 1 : 0;
    stages.add(new Stage.Launch(Kernel.LOOP, size(), 1));
    words.add(
        new Instruction(Kernel.LOOP, 0, rows)
            .with(0, loop.steps(), reverse, rows, entries.size(), body.size())
            .words());
    entries.forEach(i -> words.add(i.loopWords()));
    body.forEach(i -> words.add(i.loopWords()));
  }

  private List<Stage.Launch> launches(List<Instruction> instructions) {
    List<Stage.Launch> launches = new ArrayList<>();
    for (Instruction i : instructions) {
      launches.add(new Stage.Launch(i.kernel(), size(), 1));
      words.add(i.words());
    }
    return launches;
  }
}
