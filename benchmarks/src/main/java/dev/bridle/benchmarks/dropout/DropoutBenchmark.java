package dev.bridle.benchmarks.dropout;

import ai.onnxruntime.OnnxTensor;
import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.inference.engine.ModelLoader;
import dev.bridle.inference.engine.SamplingPlan;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.mask.MaskMethods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A sampled answer beside what ONNX Runtime needs for the same by itself. */
final class DropoutBenchmark {
  private static final int SAMPLES = 100;
  private static final int PEAK_SIZE = 1024;

  private final Report report;
  private final int rounds;
  private final int millis;

  DropoutBenchmark(Report report, int rounds, int millis) {
    this.report = report;
    this.rounds = rounds;
    this.millis = millis;
  }

  /**
   * A network and what it should reach.
   *
   * @param rowShape of its input
   * @param operations of the products behind the first Dropout, for one sample of one row
   */
  record Setup(
      String name,
      byte[] onnx,
      long[] rowShape,
      double operations,
      Beside beside,
      List<Aim> aims) {}

  /**
   * What says most about a network: where most of its work lies behind the first Dropout, or
   * little.
   */
  enum Beside {
    PEAK,
    PLAIN,
    NOTHING
  }

  /**
   * For a batch of so many rows.
   *
   * @param loopGoal times faster than one run a sample
   * @param tiledGoal times faster than the rows repeated for all samples
   */
  record Aim(int rows, double loopGoal, double tiledGoal) {}

  void run(Setup setup) {
    setup.aims().forEach(aim -> run(setup, aim));
  }

  private void run(Setup setup, Aim aim) {
    int rows = aim.rows();
    float[] values = values(rows, setup.rowShape());
    Map<String, Tensor> request = request(values, rows, setup.rowShape());
    AtomicLong seeds = new AtomicLong();
    try (ServableModel model = ModelLoader.load(setup.onnx());
        Peer peer = new Peer(setup.onnx());
        Peer peak = new Peer(Networks.product(PEAK_SIZE, PEAK_SIZE));
        OnnxTensor input = peer.tensor(values, shape(rows, setup.rowShape()));
        OnnxTensor tiled = peer.tensor(repeated(values), shape(rows * SAMPLES, setup.rowShape()));
        OnnxTensor square =
            peak.tensor(values(PEAK_SIZE, new long[] {PEAK_SIZE}), PEAK_SIZE, PEAK_SIZE)) {
      Stopwatch watch =
          new Stopwatch()
              .with("peak", () -> peak.run(square))
              .with("plain", () -> model.answer(request, Set.of("probabilities")))
              .with("tiled", () -> peer.run(tiled))
              .with("loop", () -> loop(peer, input));
      for (MaskMethod method : MaskMethods.all()) {
        watch.with(
            method.name(),
            () -> model.sample(request, SamplingPlan.of(method, SAMPLES, seeds.incrementAndGet())));
      }
      boolean closed = model.closedFormRefusal().isEmpty();
      if (closed) {
        watch.with("analytic", () -> model.closedForm(request));
      }
      Map<String, Double> micros = watch.measure(rounds, millis);
      tell(setup, aim, micros);
      report.told(
          "%s, batch %d: sample, answers a second of two callers / of one"
              .formatted(setup.name(), aim.rows()),
          Callers.gainOfTwo(
              () ->
                  model.sample(
                      request,
                      SamplingPlan.of(MaskMethods.INDEPENDENT, SAMPLES, seeds.incrementAndGet())),
              rounds,
              millis),
          "x");
    }
  }

  private void tell(Setup setup, Aim aim, Map<String, Double> micros) {
    String name = "%s, batch %d: ".formatted(setup.name(), aim.rows());
    double sample = micros.get("sample");
    double peak = 2.0 * PEAK_SIZE * PEAK_SIZE * PEAK_SIZE / micros.get("peak");
    double rate = setup.operations() * SAMPLES * aim.rows() / sample;
    report
        .told(name + "a plain answer", micros.get("plain"), "us")
        .told(name + "sample, T = 100", sample, "us")
        .measuredAgainst(
            Goal.atLeast(aim.loopGoal()),
            name + "sample, faster than 100 runs",
            micros.get("loop") / sample,
            "x")
        .measuredAgainst(
            Goal.atLeast(aim.tiledGoal()),
            name + "sample, faster than the batch tiled 100 times",
            micros.get("tiled") / sample,
            "x");
    switch (setup.beside()) {
      case PEAK ->
          report.measuredAgainst(
              Goal.atLeast(0.8), name + "sample, share of the peak rate", rate / peak, "x");
      case PLAIN ->
          report
              .measuredAgainst(
                  Goal.atMost(2.5), name + "sample / plain", sample / micros.get("plain"), "x")
              .measuredAgainst(
                  Goal.atMost(1.3),
                  name + "analytic_last_layer / plain",
                  micros.get("analytic") / micros.get("plain"),
                  "x");
      case NOTHING -> {}
    }
    report
        .told(name + "antithetic / sample, time", micros.get("antithetic") / sample, "x")
        .told(name + "balanced / sample, time", micros.get("balanced") / sample, "x");
  }

  private static List<float[]> loop(Peer peer, OnnxTensor input) {
    List<float[]> answers = new ArrayList<>(SAMPLES);
    for (int sample = 0; sample < SAMPLES; sample++) {
      answers.add(peer.run(input));
    }
    return answers;
  }

  static Map<String, Tensor> request(float[] values, int rows, long[] rowShape) {
    List<Long> shape = new ArrayList<>();
    for (long size : shape(rows, rowShape)) {
      shape.add(size);
    }
    return Map.of("input", Tensor.floats(shape, values));
  }

  static float[] values(int rows, long[] rowShape) {
    long count = rows;
    for (long size : rowShape) {
      count *= size;
    }
    Random random = new Random(2);
    float[] values = new float[(int) count];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] repeated(float[] values) {
    float[] all = new float[values.length * SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      System.arraycopy(values, 0, all, sample * values.length, values.length);
    }
    return all;
  }

  private static long[] shape(int rows, long[] rowShape) {
    long[] shape = new long[rowShape.length + 1];
    shape[0] = rows;
    System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
    return shape;
  }
}
