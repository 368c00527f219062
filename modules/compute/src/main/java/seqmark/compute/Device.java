package seqmark.compute;

/**
 * What a backend computes on.
 *
 * @param name as its maker calls it
 * @param type first {@code CPU} or {@code GPU} or what else it is, then how it is reached
 * @param memoryBytes what values may take there
 */
public record Device(String name, String type, long memoryBytes) {}
