package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;
import dev.bridle.events.MetricNames;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.data.Target;
import dev.bridle.trainer.data.TargetColumn;
import dev.bridle.trainer.model.GraphBuilder;
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
    List<TargetColumn> columns = new ArrayList<>();
    for (HeadSpec head : spec.heads()) {
      TargetColumn.Kind kind =
          head instanceof HeadSpec.Classification
              ? TargetColumn.Kind.CLASS
              : head instanceof HeadSpec.Regression
                  ? TargetColumn.Kind.NUMBER
                  : TargetColumn.Kind.FLAG;
      head.columns().forEach(column -> columns.add(new TargetColumn(column, kind)));
    }
    return columns;
  }

  /** The heads of a run, what they scale by fitted on the training rows. */
  public static Heads of(RunSpec spec, PreparedData data) {
    return new Heads(spec.heads().stream().map(head -> head(head, data)).toList());
  }

  /** A further kind of head is a file and a line here. */
  private static Head head(HeadSpec spec, PreparedData data) {
    List<Integer> targets = spec.columns().stream().map(data.table()::target).toList();
    if (spec instanceof HeadSpec.Regression) {
      return Regression.fitted(spec.name(), spec.weight(), targets.get(0), data.training());
    }
    if (spec instanceof HeadSpec.MultiLabel) {
      return new MultiLabel(spec.name(), spec.weight(), targets, spec.columns());
    }
    Target target = data.table().targets().get(targets.get(0));
    return new Classification(spec.name(), spec.weight(), targets.get(0), target.classes());
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

  /**
   * Appends all answers to the graph, as its outputs.
   *
   * @param outputs the name of the network's outputs' value
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
