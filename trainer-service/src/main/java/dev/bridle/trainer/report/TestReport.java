package dev.bridle.trainer.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bridle.scores.Scores;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.head.Head;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.EngineNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good a model is on its test split, plainly and with MC-dropout: the mean of the answers of
 * sub-networks whose Dropout is alive (Gal and Ghahramani, 2016).
 *
 * @param samples sub-networks a row; 0 for a network without Dropout
 * @param unusedFeatures features whose weights in the first dense layer are all zero, as L1 makes
 *     them
 */
public record TestReport(
    int rows, int samples, List<HeadReport> heads, List<String> unusedFeatures) {
  /** Enough for the mean; fewer where rows are many, so that a report takes seconds. */
  private static final int MOST_SAMPLES = 100;

  private static final int LEAST_SAMPLES = 20;
  private static final int MOST_ANSWERS = 200_000;

  /**
   * One task's.
   *
   * @param output what the exported graph calls its answers
   * @param kind of task
   * @param monteCarlo with MC-dropout; empty for a network without Dropout
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record HeadReport(
      String head, String output, String kind, Scores plain, Optional<Scores> monteCarlo) {}

  /**
   * @param engine holds the weights to judge
   */
  public static TestReport of(EngineNetwork engine, Heads heads, PreparedData data) {
    Rows test = data.test();
    int samples = engine.network().isStochastic() ? samples(test.count()) : 0;
    Map<String, float[]> plain = heads.answers(engine.outputs(test));
    Map<String, float[]> means = means(engine, heads, test, samples);
    List<HeadReport> reports = new ArrayList<>();
    for (Head head : heads.all()) {
      String output = heads.answerName(head);
      reports.add(
          new HeadReport(
              head.name(),
              output,
              head.described().get("kind").toString(),
              head.scores(plain.get(output), test),
              Optional.ofNullable(means.get(output)).map(mean -> head.scores(mean, test))));
    }
    return new TestReport(
        test.count(),
        samples,
        reports,
        UnusedFeatures.of(engine.weights(), data.table().featureNames()));
  }

  static int samples(int rows) {
    return Math.max(LEAST_SAMPLES, Math.min(MOST_SAMPLES, MOST_ANSWERS / rows));
  }

  private static Map<String, float[]> means(
      EngineNetwork engine, Heads heads, Rows test, int samples) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (int seed = 0; seed < samples; seed++) {
      heads
          .answers(engine.sampled(test, seed))
          .forEach(
              (output, answers) -> {
                double[] sum = sums.computeIfAbsent(output, name -> new double[answers.length]);
                for (int i = 0; i < sum.length; i++) {
                  sum[i] += answers[i];
                }
              });
    }
    Map<String, float[]> means = new LinkedHashMap<>();
    sums.forEach(
        (output, sum) -> {
          float[] mean = new float[sum.length];
          for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / samples);
          }
          means.put(output, mean);
        });
    return means;
  }
}
