package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;
import dev.bridle.events.MetricNames;
import dev.bridle.trainer.data.DataException;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.data.TargetColumn;
import dev.bridle.trainer.model.GraphBuilder;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.spec.HeadSpec;
import dev.bridle.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All tasks of a run, in the order of its submission: each has the columns behind the last's. */
public final class Heads {
  private final List<Head> heads;
  private final JointLoss loss;

  private Heads(List<Head> heads) {
    this.heads = List.copyOf(heads);
    this.loss = new JointLoss(this.heads);
  }

  /** The columns that the heads of a run predict. */
  public static List<TargetColumn> columns(RunSpec spec) {
    return spec.heads().stream().flatMap(head -> HeadKinds.columns(head).stream()).toList();
  }

  /** The heads of a run, what they scale by fitted on the training rows. */
  public static Heads of(RunSpec spec, PreparedData data) {
    for (HeadSpec head : spec.heads()) {
      for (String column : head.columns()) {
        int target = data.table().target(column);
        requireLabels("training", data.training(), target, column);
        requireLabels("validation", data.validation(), target, column);
        requireLabels("test", data.test(), target, column);
      }
    }
    return new Heads(spec.heads().stream().map(head -> HeadKinds.head(head, data)).toList());
  }

  private static void requireLabels(String split, Rows rows, int target, String column) {
    for (float value : rows.targets().get(target)) {
      if (!Float.isNaN(value)) {
        return;
      }
    }
    throw new DataException(
        "data.split.%s leaves no row that has '%s': give it a larger share"
            .formatted(split, column));
  }

  public List<Head> all() {
    return heads;
  }

  /** Columns of the network's outputs. */
  public int outputs() {
    return heads.stream().mapToInt(Head::outputs).sum();
  }

  /** What a step trains on, row-major, as many columns as outputs. */
  public float[] targets(Rows rows) {
    float[] all = new float[rows.count() * outputs()];
    int from = 0;
    for (Head head : heads) {
      float[] own = head.targets(rows);
      for (int i = 0; i < own.length; i++) {
        all[i / head.outputs() * outputs() + from + i % head.outputs()] = own[i];
      }
      from += head.outputs();
    }
    return all;
  }

  /** See {@link JointLoss#of}. */
  public NDArray loss(NDArray outputs, NDArray targets, Optional<NDArray> logVariances) {
    return loss.of(outputs, targets, logVariances);
  }

  /** What each head's loss is multiplied by, with these logarithms of variances, by its metric. */
  public Map<String, Double> lossWeights(float[] logVariances) {
    Map<String, Double> weights = new TreeMap<>();
    for (int i = 0; i < heads.size(); i++) {
      Head head = heads.get(i);
      weights.put(
          MetricNames.lossWeight(head.name()), head.likelihood() * Math.exp(-logVariances[i]));
    }
    return weights;
  }

  /** Targets of which a share goes to all classes alike. */
  public NDArray smoothed(NDArray targets, double share) {
    return loss.smoothed(targets, share);
  }

  /** How good outputs are, head by head, in the heads' order. */
  public List<Head.Quality> quality(float[] outputs, Rows rows) {
    List<Head.Quality> all = new ArrayList<>();
    int from = 0;
    for (Head head : heads) {
      all.add(head.quality(columns(outputs, from, head.outputs()), rows));
      from += head.outputs();
    }
    return all;
  }

  /** The sum of the heads' losses, each times its fixed weight. */
  public double loss(List<Head.Quality> quality) {
    double sum = 0;
    for (int i = 0; i < heads.size(); i++) {
      sum += heads.get(i).weight() * quality.get(i).loss();
    }
    return sum;
  }

  /** What an epoch measures of all heads. */
  public Map<String, Double> metrics(
      List<Head.Quality> training, List<Head.Quality> quality, float[] validation, Rows rows) {
    Map<String, Double> metrics = metrics(quality);
    int from = 0;
    for (int i = 0; i < heads.size(); i++) {
      Head head = heads.get(i);
      float[] own = columns(validation, from, head.outputs());
      metrics.putAll(head.watched(training.get(i), own, rows));
      if (heads.size() > 1) {
        metrics.put(MetricNames.headLoss(head.name()), quality.get(i).loss());
      }
      from += head.outputs();
    }
    return metrics;
  }

  /** The metrics that a test split gets. */
  public Map<String, Double> metrics(List<Head.Quality> quality) {
    Map<String, Double> metrics = new TreeMap<>();
    quality.forEach(one -> metrics.putAll(one.metrics()));
    return metrics;
  }

  /** The answers of each head to so many outputs, by the names that the exported graph uses. */
  public Map<String, float[]> answers(float[] outputs) {
    Map<String, float[]> answers = new LinkedHashMap<>();
    int from = 0;
    for (Head head : heads) {
      answers.put(answerName(head), head.answers(columns(outputs, from, head.outputs())));
      from += head.outputs();
    }
    return answers;
  }

  /** What a head's answers are called in the exported graph. */
  public String answerName(Head head) {
    return heads.size() == 1 ? head.answerName() : head.name() + "/" + head.answerName();
  }

  /** The weights of a last layer, {@code output}, whose outputs are in the targets' units. */
  public Weights inUnits(Weights weights) {
    Weights.Tensor weight = weights.tensor("output.weight");
    Weights.Tensor bias = weights.tensor("output.bias");
    float[] scaled = weight.values().clone();
    float[] moved = bias.values().clone();
    int inputs = scaled.length / moved.length;
    int column = 0;
    for (Head head : heads) {
      for (int end = column + head.outputs(); column < end; column++) {
        for (int i = column * inputs; i < (column + 1) * inputs; i++) {
          scaled[i] *= head.scale();
        }
        moved[column] = moved[column] * head.scale() + head.offset();
      }
    }
    return weights
        .with(new Weights.Tensor(weight.name(), weight.shape(), scaled))
        .with(new Weights.Tensor(bias.name(), bias.shape(), moved));
  }

  /**
   * Appends all answers to the graph, as its outputs.
   *
   * @param outputs the name of the network's outputs' value, in the targets' units
   */
  public void export(GraphBuilder graph, String outputs) {
    int from = 0;
    for (Head head : heads) {
      String name = answerName(head);
      String own =
          heads.size() == 1
              ? outputs
              : graph.columns(head.name() + "/outputs", outputs, from, from + head.outputs());
      head.export(graph, own, name);
      graph.output(name, head.outputs());
      from += head.outputs();
    }
  }

  private float[] columns(float[] outputs, int from, int count) {
    int all = outputs();
    if (count == all) {
      return outputs;
    }
    float[] own = new float[outputs.length / all * count];
    for (int i = 0; i < own.length; i++) {
      own[i] = outputs[i / count * all + from + i % count];
    }
    return own;
  }
}
