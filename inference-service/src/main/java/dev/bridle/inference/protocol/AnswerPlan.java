package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.TensorSpec;
import dev.bridle.inference.uncertainty.UncertaintyMeasure;
import dev.bridle.inference.uncertainty.UncertaintyMeasures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Which tensors answer a request, and how they are drawn.
 *
 * @param drawing empty for the deterministic answer
 */
record AnswerPlan(Optional<Drawing> drawing, List<Item> items) {
  /** The model's outputs that the answer is made from. */
  Set<String> outputs() {
    return items.stream().map(Item::output).collect(Collectors.toSet());
  }

  /**
   * @param output an output of the model
   * @param measure empty for the output itself
   */
  record Item(String output, Optional<UncertaintyMeasure> measure) {
    String name() {
      return measure.map(found -> output + "." + found.name()).orElse(output);
    }
  }

  static AnswerPlan of(
      InferRequest request,
      SamplingParameters asked,
      SamplingConfig config,
      ServableModel model,
      LongSupplier seeds,
      LongSupplier nanos) {
    List<Item> items =
        request
            .outputs()
            .map(wanted -> wanted.stream().map(output -> item(output.name(), model)).toList())
            .orElseGet(() -> everything(model, isSampled(asked)));
    boolean extras = items.stream().anyMatch(item -> item.measure().isPresent());
    int samples = samples(asked, extras, config);
    if (extras && samples == 0) {
      throw badRequest(
          "parameters.mc_samples should be at least 1 for an output of uncertainty: was 0");
    }
    if (samples == 0) {
      return new AnswerPlan(Optional.empty(), items);
    }
    model
        .samplingRefusal()
        .ifPresent(
            reason -> {
              throw badRequest("parameters.mc_samples should be 0 for this model: %s", reason);
            });
    Drawing.Wanted wanted = extras ? Drawing.Wanted.SPREAD : Drawing.Wanted.MEANS;
    return new AnswerPlan(
        Optional.of(Drawing.of(asked, samples, wanted, model, seeds, nanos)), items);
  }

  private static boolean isSampled(SamplingParameters asked) {
    return asked.samples().orElse(asked.target().isPresent() ? 1 : 0) > 0;
  }

  private static int samples(SamplingParameters asked, boolean extras, SamplingConfig config) {
    if (asked.target().isPresent()) {
      return asked.maxSamples().orElse(asked.samples().orElse(config.maxSamples()));
    }
    return asked.samples().orElse(extras ? config.defaultSamples() : 0);
  }

  private static List<Item> everything(ServableModel model, boolean sampled) {
    List<Item> items = new ArrayList<>();
    for (TensorSpec output : model.outputs()) {
      items.add(new Item(output.name(), Optional.empty()));
      if (sampled && model.sampledOutputs().containsKey(output.name())) {
        UncertaintyMeasures.describing(model.sampledOutputs().get(output.name()))
            .forEach(measure -> items.add(new Item(output.name(), Optional.of(measure))));
      }
    }
    return items;
  }

  private static Item item(String name, ServableModel model) {
    for (TensorSpec output : model.outputs()) {
      if (name.equals(output.name())) {
        return new Item(name, Optional.empty());
      }
    }
    int dot = name.lastIndexOf('.');
    String output = dot < 0 ? name : name.substring(0, dot);
    Optional<UncertaintyMeasure> measure = UncertaintyMeasures.named(name.substring(dot + 1));
    boolean known = model.outputs().stream().anyMatch(spec -> spec.name().equals(output));
    if (!known || measure.isEmpty()) {
      throw badRequest("output '%s' is unknown: the outputs are %s", name, names(model));
    }
    model
        .samplingRefusal()
        .ifPresent(
            reason -> {
              throw badRequest("output '%s' can't be given: %s", name, reason);
            });
    if (!model.sampledOutputs().containsKey(output)
        || !measure.get().describes(model.sampledOutputs().get(output))) {
      throw badRequest("output '%s' can't be given: the outputs are %s", name, names(model));
    }
    return new Item(output, measure);
  }

  private static List<String> names(ServableModel model) {
    return everything(model, true).stream().map(Item::name).toList();
  }
}
