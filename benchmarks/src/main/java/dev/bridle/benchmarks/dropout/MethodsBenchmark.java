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
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongFunction;

/**
 * What each method estimates, beside 100,000 independent samples: the error of the mean, and bias
 * and error of variance and mutual information.
 */
final class MethodsBenchmark {
  private static final int TRUTH = 100_000;
  private static final String OUTPUT = "probabilities";
  private static final String ANALYTIC = "analytic_last_layer";
  private static final int MILLIS = 50;
  private static final int STEP = 16;

  private final Report report;
  private final int samples;
  private final int seeds;
  private final int rounds;

  /**
   * @param samples T of each answer
   * @param seeds answers of each method
   * @param rounds of the stopwatch
   */
  MethodsBenchmark(Report report, int samples, int seeds, int rounds) {
    this.report = report;
    this.samples = samples;
    this.seeds = seeds;
    this.rounds = rounds;
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
        methods.put(method.name(), seed -> answer(model, request, method.name(), samples, seed));
      }
      if (model.closedFormRefusal().isEmpty()) {
        methods.put(ANALYTIC, seed -> answer(model, request, ANALYTIC, samples, seed));
      }
      Map<String, Double> errors = new LinkedHashMap<>();
      methods.forEach(
          (method, answers) -> errors.put(method, tell(name + ", " + method, answers, truth)));
      atEqualError(name, model, request, errors, truth);
    }
  }

  /** How long each takes for an error that is no greater than that of {@code sample}. */
  private void atEqualError(
      String name,
      ServableModel model,
      Map<String, Tensor> request,
      Map<String, Double> errors,
      Estimates truth) {
    double goal = errors.get("sample");
    String auto = model.isClosedFormNear(samples) ? ANALYTIC : "balanced";
    Map<String, Integer> needed = new LinkedHashMap<>();
    errors.forEach(
        (method, error) -> {
          IntToDoubleFunction at =
              count -> error(seed -> answer(model, request, method, count, seed), truth);
          boolean fixed = method.equals("sample") || method.equals(ANALYTIC);
          needed.put(method, fixed ? samples : needed(samples, goal, error, at));
        });
    AtomicLong seed = new AtomicLong();
    Stopwatch watch = new Stopwatch();
    needed.forEach(
        (method, least) -> {
          for (int count : counts(least)) {
            watch.with(
                method + count,
                () -> answer(model, request, method, count, seed.getAndIncrement()));
          }
        });
    Map<String, Double> micros = watch.measure(rounds, MILLIS);
    double sample = micros.get("sample" + samples);
    needed.forEach(
        (method, least) -> {
          int count =
              Collections.min(
                  counts(least), Comparator.comparing(many -> micros.get(method + many)));
          double share = micros.get(method + count) / sample;
          String time = "%s, %s: time at the error of sample".formatted(name, method);
          if (!method.equals("sample") && !method.equals(ANALYTIC)) {
            report.told("%s, %s: T at the error of sample".formatted(name, method), count, "");
          }
          if (method.equals(auto) && errors.get(method) <= goal) {
            report.measuredAgainst(Goal.atMost(0.5), time + ", which auto takes", share, "x");
          } else if (!method.equals("sample")) {
            report.told(time, share, "x");
          }
        });
  }

  /** T, and the next power of two, which may take less time: it is one pass of half-samples. */
  private static Set<Integer> counts(int least) {
    int power = Integer.highestOneBit(2 * least - 1);
    return new TreeSet<>(List.of(least, power));
  }

  /**
   * T for an error that is no greater than the goal, in whole sixteens: first what follows from the
   * error of some samples, whose square falls with T, then more until it is measured.
   *
   * @param error of so many samples
   * @param measured the error of T
   */
  static int needed(int samples, double goal, double error, IntToDoubleFunction measured) {
    int needed = STEP * (int) Math.ceil(samples * Math.pow(error / goal, 2) / STEP);
    while (needed < 2 * samples && measured.applyAsDouble(needed) > goal) {
      needed += STEP;
    }
    return needed;
  }

  private double error(LongFunction<SampledAnswer> method, Estimates truth) {
    double squares = 0;
    for (int seed = 0; seed < seeds; seed++) {
      squares += squares(Estimates.of(method.apply(seed)).mean(), truth.mean()) / seeds;
    }
    return Math.sqrt(squares);
  }

  private static SampledAnswer answer(
      ServableModel model, Map<String, Tensor> request, String method, int samples, long seed) {
    return MaskMethods.named(method)
        .map(masks -> model.sample(request, SamplingPlan.of(masks, samples, seed)))
        .orElseGet(() -> model.closedForm(request));
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
