package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import dev.bridle.inference.engine.SampledOutput;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.engine.TensorSpec;
import dev.bridle.inference.uncertainty.OutputKind;
import dev.bridle.inference.uncertainty.UncertaintyMeasure;
import dev.bridle.inference.uncertainty.UncertaintyMeasures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Which tensors answer a request, and how they are drawn.
 *
 * @param drawing empty for the deterministic answer
 */
record AnswerPlan(Optional<Drawing> drawing, List<Item> items) {
  /** {@code y.samples}, [T, B, C]: of all extras the one that is answered only when named. */
  static final String SAMPLES = "samples";

  /** The model's outputs that the answer is made from. */
  Set<String> outputs() {
    Set<String> outputs = new HashSet<>();
    items.forEach(item -> outputs.add(item.output()));
    return outputs;
  }

  /**
   * @param output an output of the model
   * @param name of the answer's tensor: the output's, or {@code <output>.<what>}
   * @param tensor what the samples of the outputs say, by their names
   */
  record Item(String output, String name, Function<Map<String, SampledOutput>, Tensor> tensor) {
    /** The output itself. */
    static Item of(String output) {
      return new Item(output, output, sampled -> sampled.get(output).mean());
    }

    static Item of(String output, UncertaintyMeasure measure) {
      return new Item(
          output, output + "." + measure.name(), sampled -> sampled.get(output).measured(measure));
    }

    static Item of(String output, Abstention abstention) {
      return new Item(
          output, output + "." + Abstention.NAME, sampled -> abstention.of(sampled.get(output)));
    }

    static Item ofSamples(String output) {
      return new Item(output, output + "." + SAMPLES, sampled -> sampled.get(output).samples());
    }

    boolean isOfSamples() {
      return name.equals(output + "." + SAMPLES);
    }

    /** Whether it is there when the model is sampled, alone. */
    boolean isExtra() {
      return !name.equals(output);
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
            .map(
                wanted -> wanted.stream().map(output -> item(output.name(), model, asked)).toList())
            .orElseGet(() -> isSampled(asked) ? everything(model, asked) : plain(model));
    boolean extras = items.stream().anyMatch(Item::isExtra);
    if (asked.interval().isPresent() && model.noises().isEmpty()) {
      throw badRequest(
          "parameters.mc_interval needs an output whose noise is known: an output <y>_variance or"
              + " <y>_log_variance beside y, or residual_variance in the model's metadata");
    }
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
    if (items.stream().anyMatch(Item::isOfSamples)) {
      wanted = Drawing.Wanted.SAMPLES;
    }
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

  private static List<Item> plain(ServableModel model) {
    return model.outputs().stream().map(output -> Item.of(output.name())).toList();
  }

  private static List<Item> everything(ServableModel model, SamplingParameters asked) {
    List<Item> items = new ArrayList<>();
    for (TensorSpec output : model.outputs()) {
      items.add(Item.of(output.name()));
      Optional.ofNullable(model.sampledOutputs().get(output.name()))
          .ifPresent(
              kind -> {
                UncertaintyMeasures.describing(kind)
                    .forEach(measure -> items.add(Item.of(output.name(), measure)));
                asked
                    .abstention()
                    .filter(abstention -> kind == OutputKind.DISTRIBUTION)
                    .ifPresent(abstention -> items.add(Item.of(output.name(), abstention)));
                Optional.ofNullable(model.noises().get(output.name()))
                    .map(noise -> new Spread(output.name(), noise))
                    .ifPresent(spread -> spread.items(asked.interval()).forEach(items::add));
              });
    }
    return items;
  }

  private static Item item(String name, ServableModel model, SamplingParameters asked) {
    for (TensorSpec output : model.outputs()) {
      if (output.name().equals(name)) {
        return Item.of(name);
      }
    }
    int dot = Math.max(0, name.lastIndexOf('.'));
    boolean known =
        model.outputs().stream().anyMatch(output -> output.name().equals(name.substring(0, dot)));
    boolean measured =
        UncertaintyMeasures.named(name.substring(dot + 1)).isPresent()
            || name.endsWith("." + Abstention.NAME)
            || name.endsWith("." + SAMPLES)
            || Spread.isName(name.substring(dot + 1));
    if (!known || !measured) {
      throw badRequest("output '%s' is unknown: the outputs are %s", name, names(model, asked));
    }
    model
        .samplingRefusal()
        .ifPresent(
            reason -> {
              throw badRequest("output '%s' can't be given: %s", name, reason);
            });
    return Stream.concat(everything(model, asked).stream(), samples(model))
        .filter(item -> item.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                badRequest(
                    "output '%s' can't be given: the outputs are %s, and .abstain with mc_abstain_mi, .lower and .upper with mc_interval",
                    name, names(model, asked)));
  }

  private static Stream<Item> samples(ServableModel model) {
    return model.sampledOutputs().keySet().stream().map(Item::ofSamples);
  }

  private static List<String> names(ServableModel model, SamplingParameters asked) {
    return everything(model, asked).stream().map(Item::name).toList();
  }
}
