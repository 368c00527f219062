package seqmark.backend.tornado;

import seqmark.backend.tornado.kernel.Cells;
import seqmark.backend.tornado.kernel.Elementwise;
import seqmark.backend.tornado.kernel.Heads;
import seqmark.backend.tornado.kernel.Loops;
import seqmark.backend.tornado.kernel.Moves;
import seqmark.backend.tornado.kernel.Products;
import seqmark.backend.tornado.kernel.Queries;
import seqmark.backend.tornado.kernel.Rows;
import seqmark.backend.tornado.kernel.StateSpaces;
import seqmark.backend.tornado.kernel.Sums;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task4;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The kernels that run instructions, each compiled once. */
enum Kernel {
  ELEMENTS(Elementwise::elements),
  MOVES(Moves::moves),
  CELLS(Cells::cells),
  QUERIES(Queries::queries),
  ROWS(Rows::rows),
  SUMS(Sums::sums),
  PRODUCTS(Products::products),
  ATTEND(Heads::attend),
  ATTEND_QUERY_GRADIENT(Heads::attendQueryGradient),
  ATTEND_KEY_GRADIENT(Heads::attendKeyGradient),
  SCAN(StateSpaces::scan),
  SCAN_GRADIENT(StateSpaces::scanGradient),
  SCAN_MIX_GRADIENT(StateSpaces::scanMixGradient),
  LOOP(Loops::loop);

  private final Task4<KernelContext, FloatArray, IntArray, IntArray> code;

  Kernel(Task4<KernelContext, FloatArray, IntArray, IntArray> code) {
    this.code = code;
  }

  Task4<KernelContext, FloatArray, IntArray, IntArray> code() {
    return code;
  }
}
