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
import java.util.stream.IntStream;

/**
 * Labels of which a row may have none, some or all: each by itself, by the binary cross entropy of
 * its sigmoid, which the loss sums over the labels. Answers are probabilities, one a label.
 * Accuracy is the share of the rows with all labels right.
 *
 * @param targets their positions among the rows' targets
 * @param labels their names, in the order of the outputs
 */
record MultiLabel(String name, double weight, List<Integer> targets, List<String> labels)
    implements Head {
  static MultiLabel of(HeadSpec.MultiLabel spec, PreparedData data) {
    List<Integer> targets = spec.columns().stream().map(data.table()::target).toList();
    return new MultiLabel(spec.name(), spec.weight(), targets, spec.columns());
  }

  @Override
  public int outputs() {
    return labels.size();
  }

  @Override
  public float[] targets(Rows rows) {
    float[] flags = new float[rows.count() * labels.size()];
    for (int label = 0; label < labels.size(); label++) {
      float[] values = rows.targets().get(targets.get(label));
      for (int row = 0; row < values.length; row++) {
        flags[row * labels.size() + label] = values[row];
      }
    }
    return flags;
  }

  /** ln(1 + e^z) - t z, which is max(z, 0) - t z + ln(1 + e^-|z|). */
  @Override
  public NDArray loss(NDArray outputs, NDArray targets) {
    Present present = Present.of(targets);
    return present.mean(
        outputs
            .getNDArrayInternal()
            .relu()
            .sub(outputs.mul(present.values()))
            .add(outputs.abs().neg().exp().add(1).log()));
  }

  @Override
  public NDArray smoothed(NDArray targets, double share) {
    return targets.mul(1 - share).add(share / 2);
  }

  @Override
  public Quality quality(float[] outputs, Rows rows) {
    float[] flags = targets(rows);
    double loss = 0;
    int present = 0;
    int right = 0;
    int labeled = 0;
    for (int from = 0; from < flags.length; from += labels.size()) {
      boolean all = true;
      int before = present;
      for (int i = from; i < from + labels.size(); i++) {
        if (!Float.isNaN(flags[i])) {
          double z = outputs[i];
          loss += Math.max(z, 0) - flags[i] * z + Math.log1p(Math.exp(-Math.abs(z)));
          all &= z > 0 == flags[i] > 0.5;
          present++;
        }
      }
      labeled += present > before ? 1 : 0;
      right += all && present > before ? 1 : 0;
    }
    double mean = loss * labels.size() / present;
    return new Quality(
        mean,
        Map.of(
            MetricNames.accuracy(name),
            (double) right / labeled,
            MetricNames.negativeLogLikelihood(name),
            mean));
  }

  /** Each label of each row is a prediction of its own: absent or present. */
  @Override
  public Scores scores(float[] answers, Rows rows) {
    float[] flags = targets(rows);
    int[] present = IntStream.range(0, flags.length).filter(i -> !Float.isNaN(flags[i])).toArray();
    float[] probabilities = new float[2 * present.length];
    int[] truths = new int[present.length];
    for (int i = 0; i < present.length; i++) {
      probabilities[2 * i] = 1 - answers[present[i]];
      probabilities[2 * i + 1] = answers[present[i]];
      truths[i] = (int) flags[present[i]];
    }
    return ClassificationScores.of(probabilities, truths);
  }

  @Override
  public float[] answers(float[] outputs) {
    float[] probabilities = new float[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      probabilities[i] = (float) (1 / (1 + Math.exp(-outputs[i])));
    }
    return probabilities;
  }

  @Override
  public String answerName() {
    return "probabilities";
  }

  @Override
  public void export(GraphBuilder graph, String input, String output) {
    graph.node("Sigmoid", output, input);
  }

  @Override
  public Map<String, Object> described() {
    return Map.of("kind", "multiLabel", "labels", labels);
  }
}
