/**
 * What runs on the device. TornadoVM compiles these static methods, and all they call, from their
 * bytecode: no objects, no exceptions, no recursion.
 *
 * <p>All kernels have the same memory: {@code m}, the floats of a session; {@code d}, the
 * instructions of its programs ({@link seqmark.backend.tornado.kernel.Word}); {@code at}, where in
 * {@code d} to begin, how many instructions to run, and the step of the loop. So a kernel is
 * compiled once, whatever the model and the shapes.
 *
 * <p>What TornadoVM 5.2.0 translates wrongly is not used here: unsigned shifts, {@code <=} where
 * NaN may occur, {@code x != x}, and method names that OpenCL C has taken.
 */
package seqmark.backend.tornado.kernel;
