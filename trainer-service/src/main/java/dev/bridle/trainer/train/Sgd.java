package dev.bridle.trainer.train;

import dev.bridle.trainer.spec.SgdSpec;

/**
 * Stochastic gradient descent with momentum as PyTorch's: b = momentum b + g; w -= rate b. A NaN
 * gradient makes its weight NaN. Source: Polyak, 1964; Sutskever et al., 2013.
 */
final class Sgd implements Optimizer {
  private final SgdSpec spec;
  private final Moments velocities = new Moments();
  private int step;
  private float rate;

  Sgd(SgdSpec spec) {
    this.spec = spec;
  }

  @Override
  public void beginStep(double learningRate) {
    step++;
    rate = (float) learningRate;
  }

  @Override
  public void update(String name, float[] weight, float[] gradient) {
    float[] velocity = velocities.of("velocity", name, weight.length);
    float momentum = spec.momentum().floatValue();
    for (int i = 0; i < weight.length; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      weight[i] -= rate * velocity[i];
    }
  }

  @Override
  public OptimizerState state() {
    return new OptimizerState(step, velocities.copied());
  }

  @Override
  public void restore(OptimizerState state) {
    step = state.steps();
    velocities.restore(state.moments());
  }
}
