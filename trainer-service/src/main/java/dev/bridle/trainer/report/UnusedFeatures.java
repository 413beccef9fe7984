package dev.bridle.trainer.report;

import dev.bridle.trainer.model.Weights;
import java.util.ArrayList;
import java.util.List;

/** Features that a network does not look at, as an L1 penalty makes it: their weights are zero. */
final class UnusedFeatures {
  private static final String FIRST = "dense1.weight";

  private UnusedFeatures() {}

  /**
   * @param names of the features that go into the first dense layer
   * @return none where the network begins with another layer
   */
  static List<String> of(Weights weights, List<String> names) {
    List<String> unused = new ArrayList<>();
    Weights.Tensor first = weights.tensors().get(FIRST);
    if (first == null || first.shape()[1] != names.size()) {
      return unused;
    }
    for (int feature = 0; feature < names.size(); feature++) {
      if (isZero(first, feature)) {
        unused.add(names.get(feature));
      }
    }
    return unused;
  }

  private static boolean isZero(Weights.Tensor first, int feature) {
    int features = (int) first.shape()[1];
    for (int i = feature; i < first.values().length; i += features) {
      if (first.values()[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
