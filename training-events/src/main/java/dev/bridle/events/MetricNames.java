package dev.bridle.events;

/** The names that code refers to; the {@link MetricVocabulary} explains each. */
public final class MetricNames {
  public static final String TRAINING_LOSS = "trainingLoss";
  public static final String TRAINING_LOSS_CLEAN = "trainingLossClean";
  public static final String VALIDATION_LOSS = "validationLoss";
  public static final String LEARNING_RATE = "learningRate";
  public static final String EPOCH_SECONDS = "epochSeconds";
  public static final String SAMPLES_PER_SECOND = "samplesPerSecond";
  public static final String MEMORY_BYTES = "memoryBytes";

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

  /** Mean absolute error of a regression head, in standardized units. */
  public static String meanAbsoluteError(String head) {
    return head + "/mae";
  }

  /** A head's part of the validation loss, before its weight. */
  public static String headLoss(String head) {
    return head + "/loss";
  }

  /** What a head's loss is multiplied by where the weights are learned. */
  public static String lossWeight(String head) {
    return head + "/lossWeight";
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

  public static String saturatedShare(String layer) {
    return "saturatedShare/" + layer;
  }

  public static String activationVariance(String layer) {
    return "activationVariance/" + layer;
  }

  /** The share of a layer's units that training drops at each step. */
  public static String dropout(String layer) {
    return "dropout/" + layer;
  }

  /** The share of training rows that a classification head gets right. */
  public static String trainingAccuracy(String head) {
    return head + "/trainingAccuracy";
  }

  /** Validation rows of the head's largest class divided by those of its smallest. */
  public static String classRatio(String head) {
    return head + "/classRatio";
  }

  /** The least recall of a head's classes. */
  public static String worstRecall(String head) {
    return head + "/worstRecall";
  }

  /** The validation rows that a head's class metrics rest on. */
  public static String labeledRows(String head) {
    return head + "/labeledRows";
  }
}
