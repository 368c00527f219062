/**
 * The backend for devices that TornadoVM reaches.
 *
 * <p>A session has a machine: an execution plan with a task graph for every kernel. A graph becomes
 * instructions, data to those kernels, so that no model and no shape is ever compiled for. Read
 * {@link seqmark.backend.tornado.TornadoProgram}, {@code Schedule}, {@code Machine}, and of the
 * kernels {@code Products}.
 */
package seqmark.backend.tornado;
