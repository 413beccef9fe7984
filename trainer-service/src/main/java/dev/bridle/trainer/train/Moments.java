package dev.bridle.trainer.train;

import dev.bridle.trainer.model.Weights;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Running averages of gradients, one array a weight and kind; zero at first. */
final class Moments {
  private final Map<String, float[]> arrays = new HashMap<>();

  /** The array itself, to be changed in place. */
  float[] of(String kind, String weight, int length) {
    return arrays.computeIfAbsent(kind + "." + weight, name -> new float[length]);
  }

  Weights copied() {
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    arrays.keySet().stream().sorted().forEach(name -> tensors.put(name, tensor(name)));
    return new Weights(tensors);
  }

  void restore(Weights saved) {
    arrays.clear();
    saved.tensors().forEach((name, tensor) -> arrays.put(name, tensor.values().clone()));
  }

  private Weights.Tensor tensor(String name) {
    float[] values = arrays.get(name).clone();
    return new Weights.Tensor(name, new long[] {values.length}, values);
  }
}
