package seqmark.benchmarks;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Two LSTM layers in DL4J, one on the other. It cannot hand a layer's last state to another as its
 * first: this is as much work as encoder and decoder, but not that model.
 */
final class Dl4jLayers implements JavaPeers.Trained {
  private final MultiLayerNetwork net;
  private final INDArray input;
  private final INDArray target;

  Dl4jLayers(Setup setup, int threads) {
    int hidden = setup.settings().get("hidden").asInt();
    int embedding = setup.settings().get("embedding").asInt();
    int symbols = setup.vocabulary();
    EmbeddingSequenceLayer vectors =
        new EmbeddingSequenceLayer.Builder()
            .nIn(symbols)
            .nOut(embedding)
            .inputLength(setup.source())
            .outputDataFormat(RNNFormat.NCW)
            .build();
    RnnOutputLayer output =
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .dataFormat(RNNFormat.NCW)
            .nIn(hidden)
            .nOut(symbols)
            .build();
    MultiLayerConfiguration layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-4))
            .weightDecay(0.01)
            .list()
            .layer(vectors)
            .layer(lstm(embedding, hidden))
            .layer(lstm(hidden, hidden))
            .layer(output)
            .build();
    net = new MultiLayerNetwork(layers);
    net.init();
    input = Nd4j.create(setup.batch(), 1, setup.source());
    // Only now that the library is loaded.
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    target = Nd4j.create(setup.batch(), symbols, setup.target());
    for (int row = 0; row < setup.batch(); row++) {
      for (int t = 0; t < setup.source(); t++) {
        input.putScalar(row, 0, t, 3 + (row * 7 + t * 5) % (symbols - 3));
        target.putScalar(row, 3 + (row * 5 + t * 11) % (symbols - 3), t, 1);
      }
    }
  }

  private static LSTM lstm(int inputs, int hidden) {
    return new LSTM.Builder().nIn(inputs).nOut(hidden).dataFormat(RNNFormat.NCW).build();
  }

  @Override
  public double step() {
    net.fit(input, target);
    return net.score();
  }

  @Override
  public void close() {
    net.close();
  }
}
