package seqmark.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * Training steps of an LSTM encoder and decoder in one of the libraries that a Java user would
 * take, at the extents of {@code lstm-seq2seq}. Arguments: library, threads, milliseconds of
 * warm-up, milliseconds. Prints target tokens per second.
 */
public final class JavaPeers {
  /** One training step on a batch. */
  interface Trained extends AutoCloseable {
    /** Trains once and returns the loss. */
    double step();

    @Override
    void close();
  }

  private enum Library {
    SEQMARK((setup, threads) -> new Own(threads)),
    DJL(DjlSeq2Seq::new),
    DL4J(Dl4jLayers::new);

    private final BiFunction<Setup, Integer, Trained> open;

    Library(BiFunction<Setup, Integer, Trained> open) {
      this.open = open;
    }
  }

  private record Own(Workload workload) implements Trained {
    Own(int threads) {
      this(new Workload("lstm-seq2seq", threads));
    }

    @Override
    public double step() {
      return workload.step();
    }

    @Override
    public void close() {
      workload.close();
    }
  }

  private JavaPeers() {}

  /** Times it. */
  public static void main(String[] args) {
    Library library = Library.valueOf(args[0].toUpperCase(Locale.ROOT));
    Setup setup = Setup.of("lstm-seq2seq");
    try (Trained trained = library.open.apply(setup, Integer.parseInt(args[1]))) {
      double speed = 0;
      for (String millis : List.of(args[2], args[3])) {
        speed = tokensPerSecond(trained, setup, Long.parseLong(millis));
      }
      System.out.printf(Locale.ROOT, "%s %.0f%n", args[0], speed);
    }
  }

  private static double tokensPerSecond(Trained trained, Setup setup, long millis) {
    long start = System.nanoTime();
    long nanos = 0;
    int steps = 0;
    while (nanos < millis * 1_000_000) {
      double loss = trained.step();
      if (!Double.isFinite(loss)) {
        throw new ArithmeticException("the loss is " + loss);
      }
      steps++;
      nanos = System.nanoTime() - start;
    }
    return steps * 1e9 * setup.batch() * setup.target() / nanos;
  }
}
