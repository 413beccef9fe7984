package dev.bridle.events;

/** The names that code refers to; the {@link MetricVocabulary} explains each. */
public final class MetricNames {
  public static final String TRAINING_LOSS = "trainingLoss";
  public static final String TRAINING_LOSS_CLEAN = "trainingLossClean";
  public static final String VALIDATION_LOSS = "validationLoss";
  public static final String LEARNING_RATE = "learningRate";
  public static final String EPOCH_SECONDS = "epochSeconds";
  public static final String SAMPLES_PER_SECOND = "samplesPerSecond";

  private MetricNames() {}

  /** The share of validation rows that a classification head gets right. */
  public static String accuracy(String head) {
    return head + "/accuracy";
  }

  /** Mean negative log-likelihood of a head, in nats. */
  public static String negativeLogLikelihood(String head) {
    return head + "/nll";
  }

  /** Expected calibration error of a classification head. */
  public static String expectedCalibrationError(String head) {
    return head + "/ece";
  }

  /** Root mean squared error of a regression head, in standardized units. */
  public static String rootMeanSquaredError(String head) {
    return head + "/rmse";
  }

  public static String gradientNorm(String layer) {
    return "gradientNorm/" + layer;
  }

  public static String weightNorm(String layer) {
    return "weightNorm/" + layer;
  }

  public static String updateRatio(String layer) {
    return "updateRatio/" + layer;
  }

  public static String deadShare(String layer) {
    return "deadShare/" + layer;
  }
}
