package seqmark.compute;

import java.util.OptionalDouble;

/**
 * What a device's profiler says of one run of a program.
 *
 * @param kernelNanos time within kernels, by the device's clock
 * @param watts power while they ran, if the device reports it
 */
public record Profile(long kernelNanos, OptionalDouble watts) {}
