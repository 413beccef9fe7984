package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import java.util.List;
import java.util.Optional;

/**
 * What a row of raw features goes through before the network, in this order; the exported graph
 * does the same.
 *
 * @param features the names of the columns; empty where they are pixels
 * @param imputer empty where the data's features have to be complete
 */
public record Preparation(List<String> features, Optional<Imputer> imputer, Scaler scaler) {
  public Preparation {
    features = List.copyOf(features);
  }

  /** Standardization alone. */
  public static Preparation of(Scaler scaler) {
    return new Preparation(List.of(), Optional.empty(), scaler);
  }

  /** Fitted on the training rows alone. */
  static Preparation fitted(Rows training, List<String> names, DataSpec spec) {
    Optional<Imputer> imputer =
        spec.missing().map(missing -> Imputer.fitted(training, missing.impute(), names));
    Rows complete = imputer.map(one -> one.imputed(training)).orElse(training);
    return new Preparation(
        spec.image().isPresent() ? List.of() : names,
        imputer,
        spec.image()
            .map(image -> Scaler.fitted(complete, image))
            .orElseGet(() -> Scaler.fitted(complete)));
  }

  /** What the network is given for raw rows. */
  public Rows prepared(Rows raw) {
    return scaler.standardized(imputer.map(one -> one.imputed(raw)).orElse(raw));
  }
}
