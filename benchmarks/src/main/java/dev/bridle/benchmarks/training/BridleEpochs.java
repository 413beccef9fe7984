package dev.bridle.benchmarks.training;

import dev.bridle.events.MetricNames;
import dev.bridle.trainer.data.Preparation;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.data.Scaler;
import dev.bridle.trainer.data.Splits;
import dev.bridle.trainer.data.Table;
import dev.bridle.trainer.data.Target;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.train.EpochRecord;
import dev.bridle.trainer.train.TorchEngine;
import dev.bridle.trainer.train.TrainingLoop;
import dev.bridle.trainer.train.TrainingObserver;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Trains on noise, in a process of its own, and prints for each epoch the seconds of its steps,
 * those of all of it, with the measurements, and the processor's seconds of all. Arguments: mlp or
 * cnn, rows, epochs, batch size, threads.
 */
public final class BridleEpochs {
  private static final int CLASSES = Networks.CLASSES;
  private static final int PIXELS = Networks.PIXELS;

  private BridleEpochs() {}

  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[1]);
    int epochs = Integer.parseInt(arguments[2]);
    TorchEngine.load(
        Path.of(System.getProperty("user.home"), ".djl.ai"), Integer.parseInt(arguments[4]));
    RunSpec spec = Networks.spec(arguments[0], "none", epochs, Integer.parseInt(arguments[3]));
    PreparedData data = noise(rows);
    Heads heads = Heads.of(spec, data);
    Regularization regularization = Regularization.of(spec);
    Network network = regularization.regularized(Network.of(spec, PIXELS, heads.outputs()));
    try (EngineNetwork engine = new EngineNetwork(network, 1)) {
      new TrainingLoop(engine, data, heads, spec, regularization)
          .run(
              new TrainingObserver() {
                private double processor = ProcessorTime.seconds();

                @Override
                public void completed(EpochRecord epoch) {
                  double rate = epoch.metrics().get(MetricNames.SAMPLES_PER_SECOND);
                  double all = epoch.metrics().get(MetricNames.EPOCH_SECONDS);
                  double now = ProcessorTime.seconds();
                  System.out.println(rows / rate + " " + all + " " + (now - processor));
                  processor = now;
                }
              });
    }
  }

  private static PreparedData noise(int rows) {
    Random random = new Random(1);
    int validation = rows / 5;
    Rows all =
        new Rows(
            floats(random, (rows + validation) * PIXELS),
            PIXELS,
            random.ints(rows + validation, 0, CLASSES).toArray());
    List<String> names = IntStream.range(0, PIXELS).mapToObj(i -> "p" + i).toList();
    List<String> classes = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    Table table = new Table(names, List.of(new Target("label", classes)), all, "none");
    int[] first = IntStream.range(0, rows).toArray();
    int[] last = IntStream.range(rows, rows + validation).toArray();
    float[] ones = new float[PIXELS];
    Arrays.fill(ones, 1);
    return new PreparedData(
        table,
        new Splits(first, last, last),
        Preparation.of(new Scaler(new float[PIXELS], ones)),
        all.select(first),
        all.select(last),
        all.select(last));
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
