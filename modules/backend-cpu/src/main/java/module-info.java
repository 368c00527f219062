/** The CPU backend: Vector API kernels over float arrays, the default. */
module seqmark.backend.cpu {
  requires jdk.incubator.vector;
  requires transitive seqmark.compute;

  exports seqmark.backend.cpu;

  provides seqmark.compute.Backend with
      seqmark.backend.cpu.Cpu;
}
