package dev.bridle.inference.protocol;

import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.mask.MaskMethods;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The values of {@code mc_method}. */
sealed interface McMethod {
  String name();

  /** Bridle chooses: what is asked for decides. */
  record Auto() implements McMethod {
    @Override
    public String name() {
      return "auto";
    }
  }

  /** Sub-networks, their masks drawn so. */
  record Masked(MaskMethod masks) implements McMethod {
    @Override
    public String name() {
      return masks.name();
    }
  }

  /** The closed form behind a Dropout of the last layer. */
  record AnalyticLastLayer() implements McMethod {
    @Override
    public String name() {
      return "analytic_last_layer";
    }
  }

  static List<McMethod> all() {
    Stream<McMethod> masked = MaskMethods.all().stream().map(Masked::new);
    return Stream.concat(
            Stream.concat(Stream.of(new Auto()), masked), Stream.of(new AnalyticLastLayer()))
        .toList();
  }

  static List<String> names() {
    return all().stream().map(McMethod::name).toList();
  }

  static Optional<McMethod> named(String name) {
    return all().stream().filter(method -> method.name().equals(name)).findFirst();
  }
}
