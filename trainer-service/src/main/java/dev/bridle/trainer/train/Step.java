package dev.bridle.trainer.train;

import dev.bridle.trainer.model.EngineNetwork.EngineWeight;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** Applies one step's gradients to the weights, and adds up their norms a layer. */
final class Step {
  private final Optimizer optimizer;
  private final List<EngineWeight> weights;

  Step(Optimizer optimizer, List<EngineWeight> weights) {
    this.optimizer = optimizer;
    this.weights = weights;
  }

  /**
   * @param squaredNorms receives the squared gradient norm of each layer
   */
  void apply(List<float[]> gradients, Map<String, Double> squaredNorms) {
    optimizer.beginStep();
    for (int i = 0; i < weights.size(); i++) {
      EngineWeight weight = weights.get(i);
      FloatBuffer view = weight.view();
      float[] values = new float[view.remaining()];
      view.get(values);
      optimizer.update(weight.name(), values, gradients.get(i));
      view.rewind().put(values);
      squaredNorms.merge(weight.layer(), Norms.squared(gradients.get(i)), Double::sum);
    }
  }
}
