/** The backend for GPUs and other devices, by TornadoVM. Without TornadoVM it says so. */
module seqmark.backend.tornado {
  requires transitive seqmark.compute;
  requires java.management;
  requires jdk.management;
  requires static transitive tornado.api;

  exports seqmark.backend.tornado;
  exports seqmark.backend.tornado.kernel;

  provides seqmark.compute.Backend with
      seqmark.backend.tornado.Tornado;
}
