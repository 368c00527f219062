package seqmark.compute;

/**
 * The memory that values of a session can have.
 *
 * @param bytes how much
 * @param where for instance {@code Java's heap}
 * @param more what to do for more
 */
public record Room(long bytes, String where, String more) {}
