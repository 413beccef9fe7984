package dev.bridle.endtoend;

import java.util.Map;
import java.util.Random;

/** How a run of the load goes: losses by the epoch, with the noise of batches. */
enum LoadCurve {
  HEALTHY,
  PLATEAU {
    @Override
    double training(int epoch) {
      return 2.0 / Math.min(epoch, 8);
    }
  },
  OVERFITTING {
    @Override
    double gap(int epoch) {
      return 0.05 + Math.max(0, epoch - 12) * 0.04;
    }
  },
  NOT_A_NUMBER {
    @Override
    double gap(int epoch) {
      return epoch % 17 == 0 ? Double.NaN : 0.05;
    }
  },
  DIVERGING {
    @Override
    double training(int epoch) {
      return Math.pow(10, 12.0 * epoch);
    }
  },
  SPIKES {
    @Override
    double gap(int epoch) {
      return epoch % 13 == 0 ? 4 : 0.05;
    }
  };

  private static final double NOISE = 0.01;

  double training(int epoch) {
    return 2.0 / epoch;
  }

  double gap(int epoch) {
    return 0.05;
  }

  Map<String, Double> metrics(int epoch, Random random) {
    double training = training(epoch) + NOISE * random.nextDouble();
    return Map.of(
        "trainingLoss",
        training,
        "validationLoss",
        training + gap(epoch) + NOISE * random.nextDouble(),
        "learningRate",
        0.5);
  }
}
