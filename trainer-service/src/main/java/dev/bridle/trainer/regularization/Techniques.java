package dev.bridle.trainer.regularization;

import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.RegularizerSpec;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** The catalog: a further technique is a file and a line here. */
public final class Techniques {
  private static final Map<String, Function<Settings, Regularizer>> ALL =
      Map.ofEntries(
          Map.entry("l1", L1::new),
          Map.entry("l2", L2::new),
          Map.entry("weightDecay", WeightDecay::new),
          Map.entry("elasticNet", ElasticNet::new),
          Map.entry("maxNorm", MaxNorm::new),
          Map.entry("inputNoise", InputNoise::new),
          Map.entry("rotation", Rotation::new),
          Map.entry("flip", Flip::new),
          Map.entry("randomCrop", RandomCrop::new),
          Map.entry("shift", Shift::new),
          Map.entry("cutout", Cutout::new),
          Map.entry("mixup", Mixup::new),
          Map.entry("weightNoise", WeightNoise::new),
          Map.entry("dropConnect", DropConnect::new),
          Map.entry("hiddenNoise", HiddenNoise::new),
          Map.entry(Dropout.NAME, Dropout::new),
          Map.entry(SpatialDropout.NAME, SpatialDropout::new),
          Map.entry(InputDropout.NAME, InputDropout::new),
          Map.entry("gaussianDropout", GaussianDropout::new),
          Map.entry("alphaDropout", AlphaDropout::new),
          Map.entry("activityL1", ActivityL1::new),
          Map.entry("activityKL", ActivityKL::new),
          Map.entry("labelSmoothing", LabelSmoothing::new),
          Map.entry("gradientClipping", GradientClipping::new));

  private Techniques() {}

  /** Their names, as submissions and signals spell them. */
  public static SortedSet<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  /** A JSON Schema of each, by name: its settings, their defaults and limits. */
  public static List<Map<String, Object>> schemas() {
    return names().stream().map(Techniques::schema).toList();
  }

  private static Map<String, Object> schema(String name) {
    Settings settings =
        new Settings(name, new RegularizerSpec(Map.of(RegularizerSpec.TECHNIQUE, name)));
    ALL.get(name).apply(settings);
    return Map.of(
        "title",
        name,
        "type",
        "object",
        "properties",
        settings.schema(),
        "required",
        List.of(RegularizerSpec.TECHNIQUE),
        "additionalProperties",
        false);
  }

  /**
   * @param path of the technique in the submission: {@code regularization[0]}
   * @throws InvalidFieldException if the technique or a setting is unknown, or breaks its rule
   */
  static Regularizer read(String path, RegularizerSpec spec) {
    Function<Settings, Regularizer> technique = ALL.get(spec.technique());
    if (technique == null) {
      throw new InvalidFieldException(
          path + "." + RegularizerSpec.TECHNIQUE,
          "should be one of %s: was '%s'".formatted(String.join(", ", names()), spec.technique()));
    }
    Settings settings = new Settings(path, spec);
    Regularizer regularizer = technique.apply(settings);
    settings.refuseOthers();
    return regularizer;
  }
}
