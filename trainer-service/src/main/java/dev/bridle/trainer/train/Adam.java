package dev.bridle.trainer.train;

import dev.bridle.trainer.spec.AdamSpec;

/**
 * Adam (Kingma and Ba, 2015): m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate (m / (1 -
 * b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon). A NaN gradient makes its weight NaN.
 */
final class Adam implements Optimizer {
  private final AdamSpec spec;
  private final Moments moments = new Moments();
  private int step;
  private double learningRate;

  Adam(AdamSpec spec) {
    this.spec = spec;
  }

  @Override
  public void beginStep(double rate) {
    step++;
    learningRate = rate;
  }

  @Override
  public void update(String name, float[] weight, float[] gradient) {
    float[] first = moments.of("first", name, weight.length);
    float[] second = moments.of("second", name, weight.length);
    float beta1 = spec.beta1().floatValue();
    float beta2 = spec.beta2().floatValue();
    float epsilon = spec.epsilon().floatValue();
    float rate = (float) (learningRate / (1 - Math.pow(spec.beta1(), step)));
    float unbiased = (float) (1 / (1 - Math.pow(spec.beta2(), step)));
    for (int i = 0; i < weight.length; i++) {
      float g = gradient[i];
      float m = beta1 * first[i] + (1 - beta1) * g;
      float v = beta2 * second[i] + (1 - beta2) * g * g;
      first[i] = m;
      second[i] = v;
      weight[i] -= rate * m / ((float) Math.sqrt(v * unbiased) + epsilon);
    }
  }

  @Override
  public OptimizerState state() {
    return new OptimizerState(step, moments.copied());
  }

  @Override
  public void restore(OptimizerState state) {
    step = state.steps();
    moments.restore(state.moments());
  }
}
