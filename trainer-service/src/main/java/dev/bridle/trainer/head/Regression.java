package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;
import dev.bridle.events.MetricNames;
import dev.bridle.scores.RegressionScores;
import dev.bridle.scores.Scores;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.model.GraphBuilder;
import dev.bridle.trainer.spec.HeadSpec;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A number, by the mean squared error of standardized targets: z = (y - mean) / deviation, both of
 * the training rows. Answers are in the target's own unit, for the exported graph scales them back;
 * rmse and mae are in standardized units, so that they say the same of every target.
 *
 * @param target its position among the rows' targets
 * @param deviation 1 for a constant target
 */
record Regression(String name, double weight, int target, float mean, float deviation)
    implements Head {
  static Regression fitted(HeadSpec.Regression spec, PreparedData data) {
    int target = data.table().target(spec.target());
    return fitted(spec.name(), spec.weight(), target, data.training());
  }

  static Regression fitted(String name, double weight, int target, Rows training) {
    float[] values = training.targets().get(target);
    double sum = 0;
    int count = 0;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (float value : values) {
      squares += Float.isNaN(value) ? 0 : (value - mean) * (value - mean);
    }
    float deviation = (float) Math.sqrt(squares / count);
    return new Regression(name, weight, target, (float) mean, deviation > 0 ? deviation : 1);
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public float[] targets(Rows rows) {
    float[] standardized = rows.targets().get(target).clone();
    for (int i = 0; i < standardized.length; i++) {
      standardized[i] = (standardized[i] - mean) / deviation;
    }
    return standardized;
  }

  @Override
  public NDArray loss(NDArray outputs, NDArray targets) {
    Present present = Present.of(targets);
    return present.mean(outputs.sub(present.values()).square());
  }

  /** (y - z)^2 / 2 is that of a Gaussian. */
  @Override
  public float likelihood() {
    return 0.5f;
  }

  @Override
  public Quality quality(float[] outputs, Rows rows) {
    float[] targets = targets(rows);
    double squares = 0;
    double absolutes = 0;
    int count = 0;
    for (int i = 0; i < targets.length; i++) {
      if (!Float.isNaN(targets[i])) {
        double error = (double) outputs[i] - targets[i];
        squares += error * error;
        absolutes += Math.abs(error);
        count++;
      }
    }
    double meanSquare = squares / count;
    return new Quality(
        meanSquare,
        Map.of(
            MetricNames.rootMeanSquaredError(name),
            Math.sqrt(meanSquare),
            MetricNames.meanAbsoluteError(name),
            absolutes / count));
  }

  /** In the target's unit. */
  @Override
  public Scores scores(float[] answers, Rows rows) {
    float[] values = rows.targets().get(target);
    int[] present =
        IntStream.range(0, values.length).filter(i -> !Float.isNaN(values[i])).toArray();
    float[] predictions = new float[present.length];
    double[] truths = new double[present.length];
    for (int i = 0; i < present.length; i++) {
      predictions[i] = answers[present[i]];
      truths[i] = values[present[i]];
    }
    return RegressionScores.of(predictions, truths);
  }

  @Override
  public float[] answers(float[] outputs) {
    float[] values = new float[outputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = outputs[i] * deviation + mean;
    }
    return values;
  }

  @Override
  public float scale() {
    return deviation;
  }

  @Override
  public float offset() {
    return mean;
  }

  @Override
  public String answerName() {
    return "values";
  }

  @Override
  public void export(GraphBuilder graph, String input, String output) {
    graph.rename(input, output);
  }

  @Override
  public Map<String, Object> described() {
    return Map.of("kind", "regression", "mean", mean, "deviation", deviation);
  }
}
