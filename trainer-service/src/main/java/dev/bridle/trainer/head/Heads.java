package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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

  private Heads(List<Head> heads) {
    this.heads = List.copyOf(heads);
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

  /**
   * The mean loss over the rows, a scalar: the sum of the heads', each times its weight; or, with
   * s_h = ln variance learned, the sum of likelihood_h e^-s_h loss_h + s_h / 2. Source: Kendall,
   * Gal and Cipolla, Multi-Task Learning Using Uncertainty to Weigh Losses, 2018.
   *
   * @param logVariances s, [heads]; empty where the weights are fixed
   */
  public NDArray loss(NDArray outputs, NDArray targets, Optional<NDArray> logVariances) {
    List<NDArray> parts = split(outputs);
    List<NDArray> wanted = split(targets);
    NDList losses = new NDList();
    for (int i = 0; i < heads.size(); i++) {
      losses.add(heads.get(i).loss(parts.get(i), wanted.get(i)));
    }
    return logVariances.map(s -> uncertain(losses, s)).orElseGet(() -> weighted(losses));
  }

  private NDArray weighted(NDList losses) {
    NDArray sum = null;
    for (int i = 0; i < heads.size(); i++) {
      double weight = heads.get(i).weight();
      NDArray loss = weight == 1 ? losses.get(i) : losses.get(i).mul((float) weight);
      sum = sum == null ? loss : sum.add(loss);
    }
    return sum;
  }

  private NDArray uncertain(NDList losses, NDArray logVariances) {
    NDManager step = losses.get(0).getManager();
    // An array belongs to its first operand's manager: here the step's, which frees it.
    NDArray minusLog = step.zeros(logVariances.getShape()).sub(logVariances);
    float[] likelihoods = new float[heads.size()];
    for (int i = 0; i < likelihoods.length; i++) {
      likelihoods[i] = heads.get(i).likelihood();
    }
    return NDArrays.stack(losses)
        .mul(step.create(likelihoods))
        .mul(minusLog.exp())
        .sub(minusLog.mul(0.5f))
        .sum();
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
    List<NDArray> parts = split(targets);
    NDList smoothed = new NDList();
    for (int i = 0; i < heads.size(); i++) {
      smoothed.add(heads.get(i).smoothed(parts.get(i), share));
    }
    return smoothed.size() == 1 ? smoothed.get(0) : NDArrays.concat(smoothed, 1);
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

  private List<NDArray> split(NDArray columns) {
    if (heads.size() == 1) {
      return List.of(columns);
    }
    List<NDArray> parts = new ArrayList<>();
    int from = 0;
    for (Head head : heads) {
      parts.add(columns.get(new NDIndex(":, {}:{}", from, from + head.outputs())));
      from += head.outputs();
    }
    return parts;
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
