package dev.bridle.benchmarks.dropout;

import dev.bridle.benchmarks.bed.Numbers;
import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import dev.bridle.inference.engine.ModelLoader;
import dev.bridle.inference.engine.SampledAnswer;
import dev.bridle.inference.engine.SamplingPlan;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.uncertainty.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run mc-python}. */
@Command(
    name = "mc-python",
    description =
        "The mean as mc_method auto draws it, beside PyTorch's loop of 100 passes from Python, at"
            + " the same error, on one thread.",
    mixinStandardHelpOptions = true)
public final class PythonCommand implements Runnable {
  private static final int PASSES = 100;
  private static final int LOOPS = 6;
  private static final int TRUTH = 50_000;
  private static final int ERROR_ROWS = 8;
  private static final int MILLIS = 300;

  @Mixin ReportOption output;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "processes of PyTorch, and turns of Bridle (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--seeds",
      defaultValue = "100",
      description = "answers that an error is measured by (default: ${DEFAULT-VALUE})")
  int seeds;

  @Option(
      names = "--python",
      defaultValue = "/usr/bin/python3",
      description =
          "that imports torch: Debian's python3-torch, with libopenblas0-pthread (default:"
              + " ${DEFAULT-VALUE})")
  String python;

  @Override
  public void run() {
    Report report = new Report("mc-python");
    compare(report, "mlp", Networks.mlp(), DropoutCommand.PIXELS, Map.of(1, 80.0, 32, 14.0));
    compare(report, "cnn", Networks.cnn(), DropoutCommand.IMAGE, Map.of(1, 150.0));
    output.publish(report);
  }

  /**
   * @param goals times faster, by the number of rows
   */
  private void compare(
      Report report, String kind, byte[] onnx, long[] rowShape, Map<Integer, Double> goals) {
    try (ServableModel model = ModelLoader.load(onnx)) {
      Way auto = auto(report, kind, model, rowShape);
      goals.forEach(
          (rows, goal) -> {
            List<Double> torch = new ArrayList<>();
            List<Double> bridle = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
              torch.addAll(torch(kind, rows));
              bridle.add(bridle(auto, rows, rowShape));
            }
            String name = "%s, batch %d: ".formatted(kind, rows);
            report
                .told(name + "PyTorch's loop", Stopwatch.median(torch), "us")
                .told(name + "Bridle", Stopwatch.median(bridle), "us")
                .measuredAgainst(
                    Goal.atLeast(goal),
                    name + "Bridle, times faster",
                    Stopwatch.median(torch) / Stopwatch.median(bridle),
                    "x");
          });
    }
  }

  /** An answer to a request, by a seed. */
  private interface Way {
    SampledAnswer answer(Map<String, Tensor> request, long seed);
  }

  /** The way of {@code auto} that errs no more than 100 independent passes. */
  private Way auto(Report report, String kind, ServableModel model, long[] rowShape) {
    Map<String, Tensor> request =
        DropoutBenchmark.request(
            DropoutBenchmark.values(ERROR_ROWS, rowShape), ERROR_ROWS, rowShape);
    double[] truth = mean(masked(model, MaskMethods.INDEPENDENT, TRUTH).answer(request, -1));
    IntToDoubleFunction passes =
        samples -> error(masked(model, MaskMethods.INDEPENDENT, samples), request, truth);
    double loop = passes.applyAsDouble(PASSES);
    if (model.isClosedFormNear(PASSES)) {
      Way closed = (asked, seed) -> model.closedForm(asked);
      double share = error(closed, request, truth) / loop;
      report.told(kind + ": error of the closed form beside that of 100 passes", share, "x");
      if (share <= 1) {
        return closed;
      }
    }
    IntToDoubleFunction balanced =
        samples -> error(masked(model, MaskMethods.BALANCED, samples), request, truth);
    int samples = MethodsBenchmark.needed(PASSES, loop, balanced.applyAsDouble(PASSES), balanced);
    report.told(kind + ": T of balanced at the error of 100 passes", samples, "");
    return masked(model, MaskMethods.BALANCED, samples);
  }

  private static Way masked(ServableModel model, MaskMethod method, int samples) {
    return (request, seed) -> model.sample(request, SamplingPlan.of(method, samples, seed));
  }

  private double error(Way way, Map<String, Tensor> request, double[] truth) {
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      double[] found = mean(way.answer(request, seed));
      for (int at = 0; at < truth.length; at++) {
        sum += Math.pow(found[at] - truth[at], 2);
      }
    }
    return Math.sqrt(sum);
  }

  private static double[] mean(SampledAnswer answer) {
    Moments moments = answer.outputs().get("probabilities").moments();
    double[] mean = new double[moments.rows() * moments.units()];
    for (int at = 0; at < mean.length; at++) {
      mean[at] = moments.mean(at / moments.units(), at % moments.units());
    }
    return mean;
  }

  /** The microseconds of its loops but the first, in which it warms up. */
  private List<Double> torch(String kind, int rows) {
    String script = output.project().resolve("benchmarks/peers/torch_mc_dropout.py").toString();
    List<String> command = List.of(python, script, kind, "" + rows, "" + PASSES, "" + LOOPS, "1");
    List<double[]> loops = Numbers.printed(command, 1);
    if (loops.size() != LOOPS) {
      throw new IllegalStateException("told of %d loops of %d".formatted(loops.size(), LOOPS));
    }
    return loops.subList(1, LOOPS).stream().map(line -> 1e6 * line[0]).toList();
  }

  private static double bridle(Way auto, int rows, long[] rowShape) {
    Map<String, Tensor> request =
        DropoutBenchmark.request(DropoutBenchmark.values(rows, rowShape), rows, rowShape);
    AtomicLong seed = new AtomicLong();
    return new Stopwatch()
        .with("auto", () -> auto.answer(request, seed.getAndIncrement()))
        .measure(1, MILLIS)
        .get("auto");
  }
}
