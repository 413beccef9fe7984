import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Epochs of the networks of benchmarks/run training in DL4J: a line each, as torch_training.py. Dropout of
 * a layer is of its input, and the number is the share that is kept.
 */
public final class Dl4jEpochs {
  private static final int PIXELS = 784;
  private static final int CLASSES = 10;

  private Dl4jEpochs() {}

  public static void main(String[] arguments) {
    boolean mlp = arguments[0].equals("mlp");
    int rows = Integer.parseInt(arguments[1]);
    int epochs = Integer.parseInt(arguments[2]);
    int batch = Integer.parseInt(arguments[3]);
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Nd4j.getEnvironment().setMaxThreads(Integer.parseInt(arguments[4]));
    MultiLayerNetwork network = new MultiLayerNetwork(mlp ? mlp() : cnn());
    network.init();
    INDArray features = Nd4j.randn(rows + rows / 5, PIXELS);
    INDArray labels = Nd4j.zeros(rows + rows / 5, CLASSES);
    for (int row = 0; row < labels.rows(); row++) {
      labels.putScalar(row, row % CLASSES, 1);
    }
    List<DataSet> training = rows(features, labels, 0, rows).batchBy(batch);
    List<DataSet> validation = rows(features, labels, rows, rows + rows / 5).batchBy(batch);
    for (int epoch = 0; epoch < epochs; epoch++) {
      long began = System.nanoTime();
      double processor = processorSeconds();
      network.fit(new ListDataSetIterator<>(training, batch));
      double trained = (System.nanoTime() - began) / 1e9;
      validation.forEach(part -> network.score(part, false));
      System.out.println(
          trained
              + " "
              + (System.nanoTime() - began) / 1e9
              + " "
              + (processorSeconds() - processor));
    }
    System.exit(0);
  }

  private static DataSet rows(INDArray features, INDArray labels, int from, int to) {
    return new DataSet(
        features.get(
                org.nd4j.linalg.indexing.NDArrayIndex.interval(from, to),
                org.nd4j.linalg.indexing.NDArrayIndex.all())
            .dup(),
        labels.get(
                org.nd4j.linalg.indexing.NDArrayIndex.interval(from, to),
                org.nd4j.linalg.indexing.NDArrayIndex.all())
            .dup());
  }

  private static MultiLayerConfiguration mlp() {
    return builder()
        .list()
        .layer(new DenseLayer.Builder().nOut(512).build())
        .layer(new DenseLayer.Builder().nOut(512).dropOut(0.5).build())
        .layer(output())
        .setInputType(InputType.feedForward(PIXELS))
        .build();
  }

  private static MultiLayerConfiguration cnn() {
    return builder()
        .list()
        .layer(convolution(16))
        .layer(pool())
        .layer(convolution(32))
        .layer(pool())
        .layer(new DenseLayer.Builder().nOut(64).build())
        .layer(output())
        .setInputType(InputType.convolutionalFlat(28, 28, 1))
        .build();
  }

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU);
  }

  private static ConvolutionLayer convolution(int channels) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(channels)
        .stride(1, 1)
        .convolutionMode(ConvolutionMode.Same)
        .build();
  }

  private static SubsamplingLayer pool() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .dropOut(0.5)
        .build();
  }

  /** Of all threads of this process, those of the JVM included. */
  private static double processorSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
