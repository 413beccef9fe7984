package dev.bridle.trainer.train;

import dev.bridle.trainer.model.EngineWeight;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.regularization.WeightStep;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies a step's gradients to the weights. Between two steps nobody else changes them for good,
 * so they are read from the engine once and from then on only written.
 */
final class Step {
  private final Optimizer optimizer;
  private final Regularization regularization;
  private final List<EngineWeight> weights;
  private final List<float[]> values;

  Step(Optimizer optimizer, Regularization regularization, List<EngineWeight> weights) {
    this.optimizer = optimizer;
    this.regularization = regularization;
    this.weights = weights;
    this.values = weights.stream().map(weight -> weight.values().clone()).toList();
  }

  /**
   * @param gradients of the weights, in their order; changed in place
   * @return the penalties on the weights as they were
   */
  double apply(List<float[]> gradients, double learningRate) {
    List<WeightStep> steps = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      steps.add(step(weights.get(i), values.get(i), gradients.get(i)));
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

  private static WeightStep step(EngineWeight weight, float[] values, float[] gradient) {
    int units = (int) weight.array().getShape().get(0);
    return new WeightStep(
        weight.layer(), weight.name(), weight.isMatrix(), units, values, gradient);
  }
}
