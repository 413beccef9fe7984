package dev.bridle.benchmarks.dropout;

import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.inference.engine.ModelLoader;
import dev.bridle.inference.engine.SampledAnswer;
import dev.bridle.inference.engine.SamplingPlan;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.uncertainty.Moments;
import dev.bridle.inference.uncertainty.UncertaintyMeasure;
import dev.bridle.inference.uncertainty.UncertaintyMeasures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What each method estimates, beside 100,000 independent samples: the error of the mean, and bias
 * and error of variance and mutual information.
 */
final class MethodsBenchmark {
  private static final int TRUTH = 100_000;
  private static final String OUTPUT = "probabilities";

  private final Report report;
  private final int samples;
  private final int seeds;

  /**
   * @param samples T of each answer
   * @param seeds answers of each method
   */
  MethodsBenchmark(Report report, int samples, int seeds) {
    this.report = report;
    this.samples = samples;
    this.seeds = seeds;
  }

  /** Numbers over rows and classes, or over rows. */
  private record Estimates(double[] mean, double[] variance, double[] information) {
    static Estimates of(SampledAnswer answer) {
      Moments moments = answer.outputs().get(OUTPUT).moments();
      double[] mean = new double[moments.rows() * moments.units()];
      for (int at = 0; at < mean.length; at++) {
        mean[at] = moments.mean(at / moments.units(), at % moments.units());
      }
      return new Estimates(
          mean, measure("variance").of(moments), measure("mutual_information").of(moments));
    }

    private static UncertaintyMeasure measure(String name) {
      return UncertaintyMeasures.named(name).orElseThrow();
    }
  }

  void run(String name, byte[] onnx, long[] rowShape, int rows) {
    Map<String, Tensor> request =
        DropoutBenchmark.request(DropoutBenchmark.values(rows, rowShape), rows, rowShape);
    try (ServableModel model = ModelLoader.load(onnx)) {
      Estimates truth =
          Estimates.of(model.sample(request, SamplingPlan.of(MaskMethods.INDEPENDENT, TRUTH, -1)));
      Map<String, LongFunction<SampledAnswer>> methods = new LinkedHashMap<>();
      for (MaskMethod method : MaskMethods.all()) {
        methods.put(
            method.name(), seed -> model.sample(request, SamplingPlan.of(method, samples, seed)));
      }
      if (model.closedFormRefusal().isEmpty()) {
        methods.put("analytic_last_layer", seed -> model.closedForm(request, samples, seed));
      }
      double plainError = 0;
      double plainTime = 0;
      for (Map.Entry<String, LongFunction<SampledAnswer>> method : methods.entrySet()) {
        long start = System.nanoTime();
        for (int seed = 0; seed < seeds; seed++) {
          method.getValue().apply(seed);
        }
        double micros = (System.nanoTime() - start) / 1e3 / seeds;
        double error = tell(name + ", " + method.getKey(), method.getValue(), truth);
        if (method.getKey().equals("sample")) {
          plainError = error;
          plainTime = micros;
        } else {
          double equal = micros / plainTime * Math.pow(error / plainError, 2);
          report.measuredAgainst(
              Goal.atMost(method.getKey().equals("balanced") ? 0.5 : 1),
              name + ", " + method.getKey() + ": time at the error of sample",
              equal,
              "x");
        }
      }
    }
  }

  /** The root mean square error of the mean. */
  private double tell(String name, LongFunction<SampledAnswer> method, Estimates truth) {
    double meanSquares = 0;
    double[] variance = new double[2];
    double[] information = new double[2];
    for (int seed = 0; seed < seeds; seed++) {
      Estimates found = Estimates.of(method.apply(seed));
      meanSquares += squares(found.mean(), truth.mean()) / seeds;
      add(found.variance(), truth.variance(), variance);
      add(found.information(), truth.information(), information);
    }
    double error = Math.sqrt(meanSquares);
    report
        .told(name + ": error of the mean", error * 1e4, "1e-4")
        .told(name + ": bias of the variance", variance[0] / seeds * 1e4, "1e-4")
        .told(name + ": error of the variance", Math.sqrt(variance[1] / seeds) * 1e4, "1e-4")
        .told(name + ": bias of mutual information", information[0] / seeds * 1e4, "1e-4 nats")
        .told(
            name + ": error of mutual information",
            Math.sqrt(information[1] / seeds) * 1e4,
            "1e-4 nats");
    return error;
  }

  private static void add(double[] found, double[] truth, double[] biasAndSquares) {
    double bias = 0;
    for (int at = 0; at < found.length; at++) {
      bias += (found[at] - truth[at]) / found.length;
    }
    biasAndSquares[0] += bias;
    biasAndSquares[1] += squares(found, truth);
  }

  private static double squares(double[] found, double[] truth) {
    double sum = 0;
    for (int at = 0; at < found.length; at++) {
      sum += Math.pow(found[at] - truth[at], 2) / found.length;
    }
    return sum;
  }
}
