package seqmark.nn.layer;

import java.util.Locale;
import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * How a net without recurrence knows the order of its inputs.
 *
 * @param kind which way
 * @param table a row per position, for the kinds that have one
 */
public record Positions(Kind kind, Optional<Value> table) {
  /** Which way. */
  public enum Kind {
    /** Not at all: a causal net can still tell order from what it sees. */
    NONE,
    /** Waves added to the inputs (Vaswani et al. 2017, section 3.5). */
    SINUSOIDAL,
    /** Learned vectors added to the inputs. */
    LEARNED,
    /** Queries and keys turned by angles (Su et al. 2021). */
    ROTARY,
    /** Scores that fall with distance (Press, Smith and Lewis 2022). */
    ALIBI;

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The longest wave is this many times 2π positions long, as in both papers. */
  private static final double LONGEST = 10_000;

  /**
   * The positions {@code 0 .. length - 1}.
   *
   * @param width of the inputs
   * @param headWidth of a head's queries and keys
   */
  public static Positions of(
      Graph g, String name, Kind kind, int length, int width, int headWidth) {
    return new Positions(
        kind,
        switch (kind) {
          case NONE, ALIBI -> Optional.empty();
          case SINUSOIDAL -> Optional.of(g.constant(name, sinusoids(width), length, width));
          // As large as sinusoids are.
          case LEARNED -> Optional.of(g.parameter(name, Init.normal(0.7), length, width));
          case ROTARY -> Optional.of(g.constant(name, rotations(headWidth), length, headWidth));
        });
  }

  /** Inputs {@code [B, L, E]} with what is added for their positions {@code [B, L]}. */
  public Value addTo(Value x, Value at) {
    return switch (kind) {
      case SINUSOIDAL, LEARNED -> Ops.add(x, Ops.lookup(table.orElseThrow(), at));
      case NONE, ROTARY, ALIBI -> x;
    };
  }

  /** Queries or keys {@code [B, L, D]} turned as their positions {@code [B, L]} say. */
  public Value turn(Value x, Value at) {
    return kind == Kind.ROTARY ? Ops.rotary(x, table.orElseThrow(), at) : x;
  }

  private static Init sinusoids(int width) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        int element = i % width;
        double angle = angle(i / width, element / 2, width);
        values[i] = (float) (element % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
      }
    };
  }

  /** Cosines, then sines. */
  private static Init rotations(int width) {
    return (values, random) -> {
      int half = width / 2;
      for (int i = 0; i < values.length; i++) {
        int element = i % width;
        double angle = angle(i / width, element % half, width);
        values[i] = (float) (element < half ? StrictMath.cos(angle) : StrictMath.sin(angle));
      }
    };
  }

  private static double angle(int position, int wave, int width) {
    return position / StrictMath.pow(LONGEST, 2.0 * wave / width);
  }
}
