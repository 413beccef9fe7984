package dev.bridle.inference.mask;

import java.util.List;
import java.util.Optional;

/** Every way to draw masks. */
public final class MaskMethods {
  /** Plain MC-dropout. */
  public static final MaskMethod INDEPENDENT = new Independent();

  /** The one with the least error of the mean. */
  public static final MaskMethod BALANCED = new Balanced();

  private static final List<MaskMethod> CATALOG = List.of(INDEPENDENT, new Antithetic(), BALANCED);

  private MaskMethods() {}

  public static List<MaskMethod> all() {
    return CATALOG;
  }

  public static Optional<MaskMethod> named(String name) {
    return CATALOG.stream().filter(method -> method.name().equals(name)).findFirst();
  }
}
