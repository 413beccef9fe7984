package dev.bridle.trainer.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network's weights on the heap, by name ({@code dense1.weight}), in the layers' order. */
public record Weights(Map<String, Tensor> tensors) {
  /**
   * @param values row-major
   */
  public record Tensor(String name, long[] shape, float[] values) {}

  public Weights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** The same with another tensor of that name. */
  public Weights with(Tensor tensor) {
    Map<String, Tensor> others = new LinkedHashMap<>(tensors);
    others.put(tensor.name(), tensor);
    return new Weights(others);
  }

  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor '" + name + "': there are " + tensors.keySet());
    }
    return tensor;
  }
}
