package dev.bridle.trainer.train;

import dev.bridle.trainer.spec.AdamSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba, 2015): m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate (m / (1 -
 * b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon). A NaN gradient makes its weight NaN.
 */
final class Adam implements Optimizer {
  private record Moments(float[] first, float[] second) {}

  private final AdamSpec spec;
  private final Map<String, Moments> moments = new HashMap<>();
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
    Moments state =
        moments.computeIfAbsent(
            name, key -> new Moments(new float[weight.length], new float[weight.length]));
    float[] first = state.first();
    float[] second = state.second();
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
}
