/** Layers, initialisers, optimizers and the SPI of models. */
module seqmark.nn {
  requires transitive seqmark.compute;
}
