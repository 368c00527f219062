package seqmark.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** OpenBLAS, called through the foreign function interface, if its library was fetched. */
@SuppressWarnings("restricted") // native code is what it is for
final class OpenBlas {
  /** The system property that says which folder has it; the profile {@code peers} fills one. */
  static final String FOLDER = "seqmark.openblas";

  private static final String LIBRARY = "libopenblas.so.0";

  // Values of CBLAS_ORDER and CBLAS_TRANSPOSE.
  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  private final Arena arena = Arena.global();
  private final MethodHandle sgemm;

  /** Loads it, to use this many threads. */
  OpenBlas(int threads) {
    Path folder =
        folder()
            .orElseThrow(() ->
                new IllegalStateException("OpenBLAS is not there: build with the profile peers"));
    // What it needs lies beside it, where the loader would not look.
    for (String needed : new String[] {"libquadmath.so.0", "libgfortran.so.5"}) {
      if (Files.exists(folder.resolve(needed))) {
        System.load(folder.resolve(needed).toString());
      }
    }
    SymbolLookup library = SymbolLookup.libraryLookup(folder.resolve(LIBRARY), Arena.global());
    Linker linker = Linker.nativeLinker();
    var i = ValueLayout.JAVA_INT;
    var f = ValueLayout.JAVA_FLOAT;
    var p = ValueLayout.ADDRESS;
    sgemm =
        linker.downcallHandle(
            library.findOrThrow("cblas_sgemm"),
            FunctionDescriptor.ofVoid(i, i, i, i, i, i, f, p, i, p, i, f, p, i));
    MethodHandle setThreads =
        linker.downcallHandle(
            library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(i));
    try {
      setThreads.invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where it is. */
  static Optional<Path> folder() {
    return Optional.ofNullable(System.getProperty(FOLDER))
        .map(name -> Path.of(name).toAbsolutePath())
        .filter(folder -> Files.exists(folder.resolve(LIBRARY)));
  }

  /** A product of random matrices, the left one stored as its transpose or not. */
  Runnable product(int m, int k, int n, boolean transposed) {
    MemorySegment a = random(m * k);
    MemorySegment b = random(k * n);
    MemorySegment c = random(m * n);
    int order = transposed ? TRANSPOSED : AS_IT_IS;
    int width = transposed ? m : k;
    return () -> {
      try {
        sgemm.invokeExact(ROW_MAJOR, order, AS_IT_IS, m, n, k, 1f, a, width, b, n, 0f, c, n);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private MemorySegment random(int size) {
    MemorySegment data = arena.allocate((long) size * Float.BYTES, 64);
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < size; i++) {
      data.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
    }
    return data;
  }
}
