package dev.bridle.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.bridle.trainer.model.EngineWeight;
import dev.bridle.trainer.regularization.Regularization;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights that are other than themselves for one pass. Closing it gives every changed matrix back
 * the bits that it had.
 */
final class Perturbation implements AutoCloseable {
  private record Changed(EngineWeight weight, float[] before, List<NDArray> factors) {}

  private final List<Changed> changed = new ArrayList<>();

  Perturbation(Regularization regularization, List<EngineWeight> weights, NDManager manager) {
    if (!regularization.perturbs()) {
      return;
    }
    for (EngineWeight weight : weights) {
      if (weight.isMatrix()) {
        float[] before = weight.array().toFloatArray();
        NDArray values = weight.untracked();
        values.attach(manager);
        changed.add(new Changed(weight, before, regularization.perturb(values, manager)));
      }
    }
  }

  /** Turns the gradient by the changed weight into the one by the weight. */
  float[] gradientOf(EngineWeight weight, float[] gradient) {
    for (Changed one : changed) {
      if (one.weight() == weight) {
        one.factors().forEach(factor -> multiply(gradient, factor.toFloatArray()));
      }
    }
    return gradient;
  }

  @Override
  public void close() {
    changed.forEach(one -> one.weight().view().put(one.before()));
  }

  private static void multiply(float[] values, float[] factors) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factors[i];
    }
  }
}
