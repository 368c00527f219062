/** Layers, initialisers, optimizers and the SPI of models. */
module seqmark.nn {
  requires transitive seqmark.compute;
  requires tools.jackson.databind;

  exports seqmark.nn;
  exports seqmark.nn.decode;
  exports seqmark.nn.io;
  exports seqmark.nn.layer;
  exports seqmark.nn.train;
}
