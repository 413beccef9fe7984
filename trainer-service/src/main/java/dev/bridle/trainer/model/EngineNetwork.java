package dev.bridle.trainer.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.Pair;
import dev.bridle.trainer.data.Rows;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A network that lives on the training engine. Its weights are drawn from the seed (He et al.,
 * 2015; biases are zero). Not for use by several threads.
 */
public final class EngineNetwork implements AutoCloseable {
  private final NDManager manager;
  private final List<Block> blocks = new ArrayList<>();
  private ParameterStore store;
  private final List<EngineWeight> weights = new ArrayList<>();
  private Network network;

  public EngineNetwork(Network network, long seed) {
    Engine engine = Engine.getInstance();
    engine.setRandomSeed((int) seed);
    manager = engine.newBaseManager();
    build(network);
  }

  public Network network() {
    return network;
  }

  /**
   * Takes other layers with the same weights: other rates of dropout or noise, by which the weights
   * stay as they are.
   */
  public void become(Network other) {
    if (other.equals(network)) {
      return;
    }
    Weights kept = weights();
    weights.forEach(EngineWeight::close);
    weights.clear();
    build(other);
    restore(kept);
  }

  private void build(Network next) {
    network = next;
    store = new ParameterStore(manager, false);
    blocks.clear();
    List<RowShape> inputs = network.inputShapes();
    for (Layer layer : network.layers()) {
      Block block = layer.block();
      block.setInitializer(
          new XavierInitializer(
              XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, 2),
          Parameter.Type.WEIGHT);
      block.initialize(manager, DataType.FLOAT32, inputs.get(blocks.size()).rows(1));
      blocks.add(block);
      for (Pair<String, Parameter> parameter : block.getParameters()) {
        NDArray array = parameter.getValue().getArray();
        boolean learned = parameter.getValue().requiresGradient();
        String name = layer.name() + "." + parameter.getKey();
        weights.add(new EngineWeight(layer.name(), name, array, learned));
      }
    }
  }

  /** Parent of whatever lives as long as the network. */
  public NDManager manager() {
    return manager;
  }

  /** Those that gradients change. */
  public List<EngineWeight> learned() {
    return weights.stream().filter(EngineWeight::learned).toList();
  }

  /** A pass with dropout and noise in force, drawn from the engine's current seed. */
  public ForwardPass trainingPass(NDArray features) {
    List<NDArray> activations = new ArrayList<>();
    NDArray outputs = pass(features, layer -> true, hidden -> activations.add(hidden.output()));
    return new ForwardPass(outputs, activations);
  }

  /** Outputs without dropout, row-major. */
  public float[] outputs(Rows rows) {
    return outputs(rows, hidden -> {});
  }

  /**
   * The same, and shows the hidden activations on the way, some rows at a time.
   *
   * @param observer may keep no array
   */
  public float[] outputs(Rows rows, Consumer<HiddenActivation> observer) {
    return evaluated(rows, layer -> false, observer);
  }

  /** The same with the dropout in force that the exported graph keeps alive. */
  public float[] sampled(Rows rows, long seed) {
    Engine.getInstance().setRandomSeed((int) seed);
    return evaluated(rows, LiveDropout.class::isInstance, hidden -> {});
  }

  /** A hidden activation with what went in and what came out, [rows, …] each. */
  public record HiddenActivation(Activate layer, NDArray input, NDArray output) {}

  private NDArray pass(
      NDArray features, Predicate<Layer> inTraining, Consumer<HiddenActivation> observer) {
    Map<String, NDArray> outputs = new HashMap<>();
    NDArray value = features;
    for (int i = 0; i < blocks.size(); i++) {
      Layer layer = network.layers().get(i);
      NDList inputs = new NDList(value);
      layer.shortcut().map(outputs::get).ifPresent(inputs::add);
      NDArray output =
          blocks.get(i).forward(store, inputs, inTraining.test(layer)).singletonOrThrow();
      if (layer instanceof Activate activation) {
        observer.accept(new HiddenActivation(activation, value, output));
      }
      outputs.put(layer.name(), output);
      value = output;
    }
    return value;
  }

  /** The logarithms of the tasks' variances, [tasks]; empty where the loss's weights are fixed. */
  public Optional<NDArray> logVariances() {
    return weights.stream()
        .filter(weight -> weight.name().endsWith("." + TaskVariances.PARAMETER))
        .map(EngineWeight::array)
        .findFirst();
  }

  /** A copy of the weights as they are now, running statistics included. */
  public Weights weights() {
    return copied(weights);
  }

  /** A copy of those that gradients change. */
  public Weights learnedWeights() {
    return copied(learned());
  }

  private static Weights copied(List<EngineWeight> weights) {
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    for (EngineWeight weight : weights) {
      tensors.put(
          weight.name(),
          new Weights.Tensor(
              weight.name(), weight.array().getShape().getShape(), weight.array().toFloatArray()));
    }
    return new Weights(tensors);
  }

  public void restore(Weights saved) {
    for (EngineWeight weight : weights) {
      weight.view().put(saved.tensor(weight.name()).values());
    }
  }

  @Override
  public void close() {
    manager.close();
  }

  private static NDArray features(NDManager owner, Rows rows, int from, int count) {
    FloatBuffer values =
        FloatBuffer.wrap(rows.features(), from * rows.columns(), count * rows.columns());
    return owner.create(values, new Shape(count, rows.columns()), DataType.FLOAT32);
  }

  private float[] evaluated(
      Rows rows, Predicate<Layer> inTraining, Consumer<HiddenActivation> observer) {
    float[] all = new float[rows.count() * network.outputs()];
    int atOnce = network.rowsOfAPass();
    for (int from = 0; from < rows.count(); from += atOnce) {
      int count = Math.min(atOnce, rows.count() - from);
      try (NDManager chunk = manager.newSubManager()) {
        NDArray features = features(chunk, rows, from, count);
        float[] part = pass(features, inTraining, observer).toFloatArray();
        System.arraycopy(part, 0, all, from * network.outputs(), part.length);
      }
    }
    return all;
  }
}
