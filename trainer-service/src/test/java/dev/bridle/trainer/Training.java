package dev.bridle.trainer;

import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.runs.TrainingSetup;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.train.EpochRecord;
import dev.bridle.trainer.train.TorchEngine;
import dev.bridle.trainer.train.TrainingLoop;
import dev.bridle.trainer.train.TrainingObserver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A short training of digits, and what it left.
 *
 * @param last the weights after the last epoch
 * @param arrays that the engine held after each epoch, in all of the network's managers
 */
public record Training(List<EpochRecord> epochs, Weights last, List<Integer> arrays) {
  public static void loadEngine() {
    TorchEngine.load(Path.of(System.getProperty("user.home"), ".djl.ai"), 1);
  }

  /** With the engine, and the examples' data. */
  public static TrainingSetup setup(Duration checkpointInterval) {
    return new TrainingSetup(
        new DatasetsFolder(Digits.FOLDER),
        URI.create("http://trainer/"),
        checkpointInterval,
        Training::loadEngine);
  }

  /**
   * 180 training rows of clean digits, 64-32-10.
   *
   * @param activation of the hidden layer
   * @param regularization a JSON array
   */
  public static RunSpec spec(int epochs, String activation, String regularization) {
    return Digits.read(
        """
        {"name": "small", "seed": 7,
         "data": {"uri": "digits.csv", "image": {"height": 8, "width": 8},
                  "split": {"training": 0.1, "validation": 0.1, "test": 0.5}},
         "model": {"kind": "mlp", "hidden": [32], "activation": "%s"},
         "training": {"epochs": %d, "batchSize": 32,
                      "optimizer": {"kind": "adam", "learningRate": 0.005}},
         "regularization": %s}
        """
            .formatted(activation, epochs, regularization));
  }

  /** The same rows as images for a small convolutional network, 8 maps and 16 units. */
  public static RunSpec convolutional(int epochs, String activation, String regularization) {
    return Digits.read(
        """
        {"name": "small", "seed": 7,
         "data": {"uri": "digits.csv", "image": {"height": 8, "width": 8},
                  "split": {"training": 0.1, "validation": 0.1, "test": 0.5}},
         "model": {"kind": "cnn", "blocks": [{"channels": 8}], "hidden": [16],
                   "activation": "%s"},
         "training": {"epochs": %d, "batchSize": 32,
                      "optimizer": {"kind": "adam", "learningRate": 0.005}},
         "regularization": %s}
        """
            .formatted(activation, epochs, regularization));
  }

  /** The same rows, all of them in each step of gradient descent without momentum. */
  public static RunSpec descent(int epochs, double learningRate, String regularization) {
    return Digits.read(
        """
        {"name": "descent", "seed": 7,
         "data": {"uri": "digits.csv", "split": {"training": 0.1, "validation": 0.1, "test": 0.5}},
         "model": {"kind": "mlp", "hidden": [32]},
         "training": {"epochs": %d, "batchSize": 1024,
                      "optimizer": {"kind": "sgd", "learningRate": %s, "momentum": 0}},
         "regularization": %s}
        """
            .formatted(epochs, learningRate, regularization));
  }

  public static Training of(RunSpec spec) {
    return of(spec, engine -> null).left();
  }

  /** A training, and what was asked of the engine behind it. */
  public record And<T>(Training left, T answer) {}

  public static <T> And<T> of(RunSpec spec, Function<EngineNetwork, T> question) {
    return of(spec, Digits.prepared(spec), question);
  }

  public static <T> And<T> of(
      RunSpec spec, PreparedData data, Function<EngineNetwork, T> question) {
    Heads heads = Heads.of(spec, data);
    Regularization regularization = Regularization.of(spec);
    Network network =
        regularization.regularized(Network.of(spec, data.table().features(), heads.outputs()));
    List<EpochRecord> epochs = new ArrayList<>();
    List<Integer> arrays = new ArrayList<>();
    Weights[] last = new Weights[1];
    try (EngineNetwork engine = new EngineNetwork(network, spec.seed())) {
      new TrainingLoop(engine, data, heads, spec, regularization)
          .run(
              new TrainingObserver() {
                @Override
                public void completed(EpochRecord epoch) {
                  epochs.add(epoch);
                  last[0] = engine.weights();
                  arrays.add(EngineArrays.under(engine.manager()));
                }
              });
      engine.restore(last[0]);
      return new And<>(new Training(epochs, last[0], arrays), question.apply(engine));
    }
  }
}
