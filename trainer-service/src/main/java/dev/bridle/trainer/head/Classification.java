package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;
import dev.bridle.events.MetricNames;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.model.GraphBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One class of several, by softmax cross entropy. Answers are probabilities.
 *
 * @param target its position among the rows' targets
 * @param classes their names, in the order of the outputs
 */
record Classification(String name, double weight, int target, List<String> classes)
    implements Head {
  @Override
  public int outputs() {
    return classes.size();
  }

  @Override
  public float[] targets(Rows rows) {
    int[] labels = rows.labels(target);
    float[] oneHot = new float[labels.length * classes.size()];
    for (int row = 0; row < labels.length; row++) {
      oneHot[row * classes.size() + labels[row]] = 1;
    }
    return oneHot;
  }

  @Override
  public NDArray loss(NDArray outputs, NDArray targets) {
    return CrossEntropy.of(outputs, targets);
  }

  @Override
  public NDArray smoothed(NDArray targets, double share) {
    return targets.mul(1 - share).add(share / classes.size());
  }

  @Override
  public Quality quality(float[] outputs, Rows rows) {
    Evaluation evaluation = Evaluation.of(outputs, rows.labels(target));
    return new Quality(evaluation.nll(), evaluation.metrics(name));
  }

  @Override
  public Map<String, Double> watched(Quality training, float[] validation, Rows rows) {
    Map<String, Double> watched =
        new TreeMap<>(ClassBalance.of(validation, rows.labels(target)).metrics(name));
    watched.put(
        MetricNames.trainingAccuracy(name), training.metrics().get(MetricNames.accuracy(name)));
    return watched;
  }

  @Override
  public float[] answers(float[] outputs) {
    float[] probabilities = new float[outputs.length];
    for (int from = 0; from < outputs.length; from += classes.size()) {
      float greatest = outputs[from + Evaluation.greatest(outputs, from, classes.size())];
      double sum = 0;
      for (int i = from; i < from + classes.size(); i++) {
        sum += Math.exp(outputs[i] - greatest);
      }
      for (int i = from; i < from + classes.size(); i++) {
        probabilities[i] = (float) (Math.exp(outputs[i] - greatest) / sum);
      }
    }
    return probabilities;
  }

  @Override
  public String answerName() {
    return "probabilities";
  }

  @Override
  public void export(GraphBuilder graph, String input, String output) {
    graph.node("Softmax", output, GraphBuilder.integer("axis", 1), input);
  }

  @Override
  public Map<String, Object> described() {
    return Map.of("kind", "classification", "labels", classes);
  }
}
