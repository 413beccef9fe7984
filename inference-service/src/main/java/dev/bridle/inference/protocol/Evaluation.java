package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.repository.ServedModel;
import dev.bridle.scores.Auroc;
import dev.bridle.scores.ClassificationScores;
import dev.bridle.scores.RegressionScores;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks a model for rows whose truth is known, and scores its answers. */
@ApplicationScoped
class Evaluation {
  /** What tells rows apart that a model doesn't know. */
  static final List<String> TELLING = List.of("predictive_entropy", "mutual_information");

  private static final double SUM_TOLERANCE = 1e-3;

  private final Inference inference;
  private final SamplingConfig config;

  Evaluation(Inference inference, SamplingConfig config) {
    this.inference = inference;
    this.config = config;
  }

  EvaluationAnswer of(Supplier<ServedModel> found, EvaluationRequest request) {
    ServableModel model = found.get().model();
    String output = request.output().orElseGet(() -> model.outputs().get(0).name());
    boolean sampled = model.sampledOutputs().containsKey(output);
    InferAnswer plain = plain(found, request.asked(), output);
    boolean distribution = isDistribution(plain.outputs().get(output));
    Optional<InferAnswer> drawn =
        sampled
            ? Optional.of(drawn(found, request.asked(), output, distribution))
            : Optional.empty();
    return new EvaluationAnswer(
        plain.model().model(),
        Long.toString(plain.model().version()),
        output,
        rows(plain.outputs().get(output)),
        scores(plain, output, distribution, request.labels()),
        drawn.map(answer -> scores(answer, output, distribution, request.labels())),
        drawn.orElse(plain).parameters(),
        request
            .other()
            .filter(other -> distribution)
            .map(other -> told(found, other, output, plain, drawn)));
  }

  InferAnswer plain(Supplier<ServedModel> found, InferRequest asked, String output) {
    Map<String, JsonNode> parameters = new HashMap<>(asked.parameters());
    parameters.keySet().removeIf(key -> key.startsWith("mc_"));
    return inference.answer(found, model -> asked.with(parameters, List.of(output)));
  }

  InferAnswer drawn(
      Supplier<ServedModel> found, InferRequest asked, String output, boolean distribution) {
    Map<String, JsonNode> parameters = new HashMap<>(asked.parameters());
    parameters.putIfAbsent("mc_samples", IntNode.valueOf(config.defaultSamples()));
    List<String> outputs =
        distribution
            ? Stream.concat(
                    Stream.of(output), TELLING.stream().map(measure -> output + "." + measure))
                .toList()
            : List.of(output, output + ".variance");
    return inference.answer(found, model -> asked.with(parameters, outputs));
  }

  private EvaluationAnswer.OutOfDistribution told(
      Supplier<ServedModel> found,
      InferRequest other,
      String output,
      InferAnswer plain,
      Optional<InferAnswer> drawn) {
    Map<String, Double> auroc = new TreeMap<>();
    InferAnswer otherPlain = plain(found, other, output);
    auroc.put(
        "confidence",
        Auroc.of(doubt(plain.outputs().get(output)), doubt(otherPlain.outputs().get(output))));
    if (drawn.isPresent()) {
      InferAnswer otherDrawn = drawn(found, other, output, true);
      for (String measure : TELLING) {
        String name = output + "." + measure;
        auroc.put(
            measure,
            Auroc.of(
                drawn.get().outputs().get(name).floats(), otherDrawn.outputs().get(name).floats()));
      }
    }
    return new EvaluationAnswer.OutOfDistribution(rows(otherPlain.outputs().get(output)), auroc);
  }

  private static Object scores(
      InferAnswer answer, String output, boolean distribution, double[] labels) {
    Tensor tensor = answer.outputs().get(output);
    float[] values = tensor.floats();
    if (distribution) {
      return ClassificationScores.of(values, classes(tensor, labels));
    }
    checkCount(values.length, labels);
    return RegressionScores.of(values, labels);
  }

  /** The labels as the classes of a distribution, one a row. */
  static int[] classes(Tensor tensor, double[] labels) {
    checkCount(rows(tensor), labels);
    int classes = tensor.floats().length / labels.length;
    for (double label : labels) {
      if (label != Math.rint(label) || label < 0 || label >= classes) {
        throw badRequest(
            "labels should be whole numbers from 0 to %d: one was %s", classes - 1, label);
      }
    }
    return Arrays.stream(labels).mapToInt(label -> (int) label).toArray();
  }

  static void checkCount(int expected, double[] labels) {
    if (labels.length != expected) {
      throw badRequest("labels should be %d, as the rows: were %d", expected, labels.length);
    }
  }

  static int rows(Tensor tensor) {
    return Math.toIntExact(tensor.shape().get(0));
  }

  static boolean isDistribution(Tensor tensor) {
    float[] values = tensor.floats();
    int classes = values.length / Math.max(1, rows(tensor));
    double sum = 0;
    for (int at = 0; at < values.length; at++) {
      sum = at % classes == 0 ? values[at] : sum + values[at];
      boolean last = at % classes == classes - 1;
      if (values[at] < 0 || last && !(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
        return false;
      }
    }
    return classes > 1;
  }

  /** One less the probability of the likeliest class. */
  private static float[] doubt(Tensor tensor) {
    float[] values = tensor.floats();
    float[] doubt = new float[rows(tensor)];
    int classes = values.length / doubt.length;
    for (int row = 0; row < doubt.length; row++) {
      float greatest = 0;
      for (int at = 0; at < classes; at++) {
        greatest = Math.max(greatest, values[row * classes + at]);
      }
      doubt[row] = 1 - greatest;
    }
    return doubt;
  }
}
