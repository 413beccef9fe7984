package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How gradients become updates. A further kind is a record and a line here. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AdamSpec.class, name = "adam"),
  @JsonSubTypes.Type(value = SgdSpec.class, name = "sgd")
})
public sealed interface OptimizerSpec permits AdamSpec, SgdSpec {
  /** Before the schedule and before any reduction. */
  Double learningRate();
}
