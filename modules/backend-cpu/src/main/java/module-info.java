/** The CPU backend: Vector API kernels over float arrays, the default. */
module seqmark.backend.cpu {
  requires jdk.incubator.vector;
  requires seqmark.compute;
}
