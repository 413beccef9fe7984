package dev.bridle.inference.calibration;

import java.util.Map;
import java.util.TreeMap;

/**
 * How uncertain a model was of the rows of its calibration. Estimates of other draws differ by how
 * they were drawn, so it is one for answers that were drawn in the same way.
 *
 * @param method of drawing masks
 * @param samples T
 * @param values by the measure's name, of each row
 */
public record UncertaintyReference(String method, int samples, Map<String, double[]> values) {
  public UncertaintyReference {
    values = Map.copyOf(new TreeMap<>(values));
  }
}
