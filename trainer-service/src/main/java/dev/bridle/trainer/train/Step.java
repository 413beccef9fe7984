package dev.bridle.trainer.train;

import dev.bridle.trainer.model.EngineNetwork.EngineWeight;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.regularization.WeightStep;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Applies one step's gradients to the weights, and adds up their norms a layer. */
final class Step {
  private final Optimizer optimizer;
  private final Regularization regularization;
  private final List<EngineWeight> weights;

  Step(Optimizer optimizer, Regularization regularization, List<EngineWeight> weights) {
    this.optimizer = optimizer;
    this.regularization = regularization;
    this.weights = weights;
  }

  /**
   * @param squaredNorms receives the squared gradient norm of each layer as the engine gave it,
   *     before the techniques change it: so clipping does not hide that gradients explode
   * @return the penalties on the weights as they were
   */
  double apply(List<float[]> gradients, double learningRate, Map<String, Double> squaredNorms) {
    List<WeightStep> steps = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      EngineWeight weight = weights.get(i);
      squaredNorms.merge(weight.layer(), Norms.squared(gradients.get(i)), Double::sum);
      steps.add(step(weight, gradients.get(i)));
    }
    double penalty = regularization.gradients(steps);
    optimizer.beginStep(learningRate);
    for (int i = 0; i < weights.size(); i++) {
      WeightStep step = steps.get(i);
      regularization.beforeUpdate(step, learningRate);
      optimizer.update(step.name(), step.values(), step.gradient());
      regularization.afterUpdate(step, learningRate);
      weights.get(i).view().put(step.values());
    }
    return penalty;
  }

  private static WeightStep step(EngineWeight weight, float[] gradient) {
    FloatBuffer view = weight.view();
    float[] values = new float[view.remaining()];
    view.get(values);
    int units = (int) weight.array().getShape().get(0);
    return new WeightStep(
        weight.layer(), weight.name(), weight.isMatrix(), units, values, gradient);
  }
}
