/** The engine: a model is traced once into a graph, which a backend replays. */
module seqmark.compute {
  exports seqmark.compute;
  exports seqmark.compute.op;

  provides seqmark.compute.Backend with
      seqmark.compute.Reference;
}
