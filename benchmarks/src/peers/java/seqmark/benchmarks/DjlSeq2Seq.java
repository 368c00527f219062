package seqmark.benchmarks;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.PairList;

/** The model of {@code lstm-seq2seq} in DJL, computed by its PyTorch engine. */
final class DjlSeq2Seq implements JavaPeers.Trained {
  private final Model model = Model.newInstance("lstm-seq2seq", Device.cpu(), "PyTorch");
  private final Trainer trainer;
  private final NDArray source;
  private final NDArray input;
  private final NDArray target;

  /** Threads of an operation can be chosen once per process. */
  DjlSeq2Seq(Setup setup, int threads) {
    System.setProperty("ai.djl.pytorch.num_threads", "" + threads);
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    model.setBlock(new Net(setup));
    Optimizer adamW =
        Optimizer.adamW()
            .optLearningRateTracker(Tracker.fixed(1e-4f))
            .optWeightDecays(0.01f)
            .build();
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(adamW));
    Shape read = new Shape(setup.batch(), setup.source());
    Shape written = new Shape(setup.batch(), setup.target());
    trainer.initialize(read, written);
    NDManager manager = trainer.getManager();
    source = manager.randomInteger(3, setup.vocabulary(), read, DataType.INT64);
    input = manager.randomInteger(3, setup.vocabulary(), written, DataType.INT64);
    target = manager.randomInteger(3, setup.vocabulary(), written, DataType.INT64);
  }

  /** Embeddings, two LSTMs and the output layer. */
  private static final class Net extends AbstractBlock {
    private final Parameter[] tables = new Parameter[2];
    private final LSTM encoder;
    private final LSTM decoder;
    private final Linear output;
    private final Setup setup;

    Net(Setup setup) {
      this.setup = setup;
      int embedding = setup.settings().get("embedding").asInt();
      Shape table = new Shape(setup.vocabulary(), embedding);
      for (int i = 0; i < tables.length; i++) {
        tables[i] =
            addParameter(
                Parameter.builder()
                    .setName("table" + i)
                    .setType(Parameter.Type.WEIGHT)
                    .optShape(table)
                    .build());
      }
      encoder = addChildBlock("encoder", lstm());
      decoder = addChildBlock("decoder", lstm());
      output = addChildBlock("output", Linear.builder().setUnits(setup.vocabulary()).build());
      setInitializer(new XavierInitializer(), Parameter.Type.WEIGHT);
    }

    private LSTM lstm() {
      return LSTM.builder()
          .setStateSize(setup.settings().get("hidden").asInt())
          .setNumLayers(1)
          .optBatchFirst(true)
          .optReturnState(true)
          .build();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
      int embedding = setup.settings().get("embedding").asInt();
      int hidden = setup.settings().get("hidden").asInt();
      encoder.initialize(manager, type, shapes[0].add(embedding));
      decoder.initialize(manager, type, shapes[1].add(embedding));
      output.initialize(manager, type, shapes[1].add(hidden));
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList in, boolean training, PairList<String, Object> options) {
      NDList read =
          encoder.forward(store, new NDList(embed(store, 0, in.get(0), training)), training);
      NDList decoded = new NDList(embed(store, 1, in.get(1), training), read.get(1), read.get(2));
      NDArray states = decoder.forward(store, decoded, training).head();
      return output.forward(store, new NDList(states), training);
    }

    private NDArray embed(ParameterStore store, int side, NDArray ids, boolean training) {
      NDArray table = store.getValue(tables[side], ids.getDevice(), training);
      return Embedding.embedding(ids, table, SparseFormat.DENSE).head();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {inputs[1].add(setup.vocabulary())};
    }
  }

  @Override
  public double step() {
    double value;
    try (NDManager step = trainer.getManager().newSubManager();
        GradientCollector gradients = trainer.newGradientCollector()) {
      NDList logits = trainer.forward(new NDList(source, input));
      NDArray loss = trainer.getLoss().evaluate(new NDList(target), logits);
      gradients.backward(loss);
      value = loss.getFloat();
      logits.attach(step);
      loss.attach(step);
    }
    trainer.step();
    return value;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
