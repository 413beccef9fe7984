package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What is trained. A further kind is a record and a line here. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MlpSpec.class, name = "mlp"),
  @JsonSubTypes.Type(value = CnnSpec.class, name = "cnn"),
  @JsonSubTypes.Type(value = ResidualSpec.class, name = "residual")
})
public sealed interface ModelSpec permits MlpSpec, CnnSpec, ResidualSpec {
  /** The rate of the technique {@code dropout}, 0 for none. */
  Double dropout();

  /** Whether a layer's answer to a row depends, in training, on the other rows of its batch. */
  default boolean normalizesBatches() {
    return false;
  }
}
