package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;
import dev.bridle.events.MetricNames;
import dev.bridle.scores.ClassificationScores;
import dev.bridle.scores.Scores;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.model.GraphBuilder;
import dev.bridle.trainer.spec.HeadSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One class of several, by softmax cross entropy, in which classes may weigh differently. Answers
 * are probabilities; the metrics are of unweighted rows.
 *
 * @param target its position among the rows' targets
 * @param classes their names, in the order of the outputs
 * @param partial whether rows may have no label
 * @param classWeights of each class in the loss, their mean over the training rows 1; empty where
 *     all are 1
 */
record Classification(
    String name,
    double weight,
    int target,
    List<String> classes,
    boolean partial,
    float[] classWeights)
    implements Head {
  static Classification of(HeadSpec.Classification spec, PreparedData data) {
    int target = data.table().target(spec.target());
    List<String> classes = data.table().targets().get(target).classes();
    float[] classWeights =
        spec.classWeights()
            .map(weights -> ClassScale.of(weights, classes, data.training().labels(target)))
            .orElse(new float[0]);
    return new Classification(
        spec.name(), spec.weight(), target, classes, spec.partial(), classWeights);
  }

  @Override
  public int outputs() {
    return classes.size();
  }

  @Override
  public float[] targets(Rows rows) {
    int[] labels = rows.labels(target);
    float[] oneHot = new float[labels.length * classes.size()];
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] != Rows.UNLABELED) {
        oneHot[row * classes.size() + labels[row]] = 1;
      }
    }
    return oneHot;
  }

  @Override
  public NDArray loss(NDArray outputs, NDArray targets) {
    return partial
        ? CrossEntropy.ofLabeled(outputs, targets, classWeights)
        : CrossEntropy.of(outputs, targets, classWeights);
  }

  @Override
  public NDArray smoothed(NDArray targets, double share) {
    NDArray uniform = targets.sum(new int[] {1}, true).mul(share / classes.size());
    return targets.mul(1 - share).add(uniform);
  }

  @Override
  public Quality quality(float[] outputs, Rows rows) {
    Labeled labeled = labeled(outputs, rows);
    Evaluation evaluation = Evaluation.of(labeled.outputs(), labeled.labels());
    double loss =
        classWeights.length == 0
            ? evaluation.nll()
            : Evaluation.weightedNll(labeled.outputs(), labeled.labels(), classWeights);
    return new Quality(loss, evaluation.metrics(name));
  }

  @Override
  public Map<String, Double> watched(Quality training, float[] validation, Rows rows) {
    Labeled labeled = labeled(validation, rows);
    Map<String, Double> watched =
        new TreeMap<>(ClassBalance.of(labeled.outputs(), labeled.labels()).metrics(name));
    watched.put(
        MetricNames.trainingAccuracy(name), training.metrics().get(MetricNames.accuracy(name)));
    return watched;
  }

  /** Rows that have a label, with their outputs. */
  private record Labeled(float[] outputs, int[] labels) {}

  private Labeled labeled(float[] outputs, Rows rows) {
    int[] labels = rows.labels(target);
    if (!partial) {
      return new Labeled(outputs, labels);
    }
    int[] kept =
        IntStream.range(0, labels.length).filter(row -> labels[row] != Rows.UNLABELED).toArray();
    Rows chosen = new Rows(outputs, classes.size(), labels).select(kept);
    return new Labeled(chosen.features(), chosen.labels());
  }

  @Override
  public Scores scores(float[] answers, Rows rows) {
    Labeled labeled = labeled(answers, rows);
    return ClassificationScores.of(labeled.outputs(), labeled.labels());
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
