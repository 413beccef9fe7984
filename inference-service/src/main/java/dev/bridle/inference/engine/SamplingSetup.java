package dev.bridle.inference.engine;

import dev.bridle.inference.graph.Dropout;
import dev.bridle.inference.graph.GraphSplit;
import dev.bridle.inference.graph.ModelGraph;
import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.graph.ProductForm;
import dev.bridle.inference.mask.DropoutLayer;
import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.uncertainty.Moments;
import dev.bridle.inference.uncertainty.OutputKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prepares a model for sampling: a probing run finds the shapes of its masks, and two seeds on one
 * input must give two answers.
 *
 * @param kinds what each sampled output holds, as the probe's samples show it
 */
record SamplingSetup(MonteCarlo monteCarlo, Map<String, OutputKind> kinds) {
  private static final int CHECK_SAMPLES = 16;
  private static final double SUM_TOLERANCE = 1e-3;

  static SamplingSetup of(ModelGraph graph, Network plain) {
    GraphSplit split = graph.split(ProductForm.WHOLE);
    ProbeInput probe = ProbeInput.of(plain.inputs());
    Map<String, Tensor> probed = probed(graph, split, probe);
    ProductChoice choice = ProductChoice.of(split, probed);
    MonteCarlo monteCarlo = monteCarlo(graph, split, choice, plain.inputs(), shapes(split, probed));
    try {
      return new SamplingSetup(monteCarlo, kinds(graph, monteCarlo, probe));
    } catch (ModelRefusedException | ModelFailedException e) {
      monteCarlo.close();
      throw e;
    }
  }

  /** Every tensor that the masks, the frontier and the answer need. */
  private static Map<String, Tensor> probed(ModelGraph graph, GraphSplit split, ProbeInput probe) {
    Map<String, Tensor> given = new HashMap<>();
    try (Network network = Network.load(graph.probe())) {
      Set<String> wanted = new HashSet<>();
      network.outputs().forEach(output -> wanted.add(output.name()));
      given.putAll(network.run(probe.tensors(), wanted));
    }
    if (!split.prefixFrontier().isEmpty()) {
      try (Network prefix = Network.load(split.prefix())) {
        Map<String, Tensor> inputs = new HashMap<>(probe.tensors());
        inputs
            .keySet()
            .retainAll(prefix.inputs().stream().map(TensorSpec::name).collect(Collectors.toSet()));
        given.putAll(prefix.run(inputs, new HashSet<>(split.prefixFrontier())));
      }
    }
    given.putAll(probe.tensors());
    return given;
  }

  /** Their row shapes. */
  private static Map<String, List<Long>> shapes(GraphSplit split, Map<String, Tensor> given) {
    Map<String, List<Long>> shapes = new HashMap<>();
    Stream.of(
            split.dropouts().stream().map(Dropout::data),
            split.prefixFrontier().stream(),
            split.outputs().stream())
        .flatMap(names -> names)
        .forEach(name -> shapes.put(name, rowShape(name, given.get(name))));
    return shapes;
  }

  private static List<Long> rowShape(String name, Tensor tensor) {
    if (tensor.datatype() != Datatype.FP32
        || tensor.shape().isEmpty()
        || tensor.shape().get(0) != ProbeInput.ROWS) {
      throw new ModelRefusedException(
          "tensor '%s' should be FP32 [rows, ...]: for %d rows it was %s %s"
              .formatted(name, ProbeInput.ROWS, tensor.datatype(), tensor.shape()));
    }
    return tensor.shape().subList(1, tensor.shape().size());
  }

  private static MonteCarlo monteCarlo(
      ModelGraph graph,
      GraphSplit split,
      ProductChoice choice,
      List<TensorSpec> inputs,
      Map<String, List<Long>> shapes) {
    List<MaskedLayer> layers =
        split.dropouts().stream()
            .map(dropout -> layer(dropout, split, shapes.get(dropout.data())))
            .toList();
    Network prefix = split.prefixFrontier().isEmpty() ? null : Network.load(split.prefix());
    Frontier frontier =
        new Frontier(prefix, inputs, only(shapes, split.prefixFrontier()), split.inputFrontier());
    return new MonteCarlo(
        frontier, choice.suffixes(graph, split), layers, only(shapes, split.outputs()));
  }

  private static MaskedLayer layer(Dropout dropout, GraphSplit split, List<Long> rowShape) {
    boolean cutOff = split.cutOff().contains(dropout.layer());
    return new MaskedLayer(
        cutOff ? dropout.output() : dropout.maskInput(),
        cutOff ? Optional.of(dropout.data()) : Optional.empty(),
        rowShape,
        new DropoutLayer(dropout.layer(), dropout.ratio(), RowBlock.units(rowShape)));
  }

  private static Map<String, List<Long>> only(Map<String, List<Long>> shapes, List<String> names) {
    return names.stream().collect(Collectors.toMap(name -> name, shapes::get));
  }

  private static Map<String, OutputKind> kinds(
      ModelGraph graph, MonteCarlo monteCarlo, ProbeInput probe) {
    Map<String, SampledOutput> one = checked(monteCarlo, probe, 1);
    Map<String, SampledOutput> two = checked(monteCarlo, probe, 2);
    boolean stochastic =
        one.keySet().stream()
            .anyMatch(name -> !one.get(name).mean().data().equals(two.get(name).mean().data()));
    if (!stochastic) {
      throw new ModelRefusedException(
          "its Dropout doesn't act: two seeds gave the same answer. A ratio of 0 or a Dropout"
              + " whose output doesn't matter does that; export the model with the ratio that it"
              + " was trained with");
    }
    Map<String, OutputKind> kinds = new HashMap<>();
    one.forEach(
        (name, output) ->
            kinds.put(
                name,
                isDistribution(output.moments())
                    ? OutputKind.DISTRIBUTION
                    : graph.isSigmoid(name) ? OutputKind.LABELS : OutputKind.VALUES));
    return kinds;
  }

  private static Map<String, SampledOutput> checked(
      MonteCarlo monteCarlo, ProbeInput probe, long seed) {
    SamplingPlan plan = SamplingPlan.of(MaskMethods.INDEPENDENT, CHECK_SAMPLES, seed);
    return monteCarlo.sample(probe.values(), ProbeInput.ROWS, plan, Map.of()).outputs();
  }

  private static boolean isDistribution(Moments moments) {
    for (int row = 0; row < moments.rows(); row++) {
      double sum = 0;
      for (int unit = 0; unit < moments.units(); unit++) {
        double mean = moments.mean(row, unit);
        if (!(mean >= 0)) {
          return false;
        }
        sum += mean;
      }
      if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
        return false;
      }
    }
    return true;
  }
}
