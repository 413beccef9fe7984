package dev.bridle.trainer.head;

import ai.djl.ndarray.NDArray;
import dev.bridle.scores.Scores;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.model.GraphBuilder;
import java.util.Map;

/**
 * One task, with its own columns of the network's outputs. Immutable. Wherever outputs are given,
 * they are its own alone, row-major or [rows, outputs].
 */
public interface Head {
  /** How good outputs are: the mean loss, unweighted, and the metrics that a test split gets. */
  record Quality(double loss, Map<String, Double> metrics) {}

  /** Its prefix in the metrics. */
  String name();

  /** Columns of the network's outputs that are its own. */
  int outputs();

  /** What its loss is multiplied by where the weights are fixed. */
  double weight();

  /** What a step trains on: row-major, as many columns as outputs. */
  float[] targets(Rows rows);

  /**
   * The mean loss over the rows, a scalar.
   *
   * @param targets as {@link #targets} gives them, changed by techniques or not
   */
  NDArray loss(NDArray outputs, NDArray targets);

  /**
   * The loss times it is a negative log-likelihood whose variance, or temperature, is 1: what
   * uncertainty weighs.
   */
  default float likelihood() {
    return 1;
  }

  /** Targets of which a share goes to all classes alike; the same where there are none. */
  default NDArray smoothed(NDArray targets, double share) {
    return targets;
  }

  Quality quality(float[] outputs, Rows rows);

  /** Further metrics of an epoch. */
  default Map<String, Double> watched(Quality training, float[] validation, Rows rows) {
    return Map.of();
  }

  /**
   * How good answers are, on the rows that have a label.
   *
   * @param answers as {@link #answers} gives them, or a mean of such
   */
  Scores scores(float[] answers, Rows rows);

  /** What the exported graph answers, in the terms of the data: row-major, as many columns. */
  float[] answers(float[] outputs);

  /**
   * What outputs are multiplied by to be in the target's unit, and what a difference of answers is
   * measured by where the answers are smaller.
   */
  default float scale() {
    return 1;
  }

  /** What is added to outputs behind that. */
  default float offset() {
    return 0;
  }

  /** What its answers are called in a graph of this head alone. */
  String answerName();

  /**
   * Appends its answers to the graph.
   *
   * @param input the name of its outputs' value, FLOAT [rows, outputs], in the target's unit
   * @param output the name that the answers' value shall have
   */
  void export(GraphBuilder graph, String input, String output);

  /** What a reader of the model has to know: its kind, its classes or its scale. */
  Map<String, Object> described();
}
