package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What follows a hidden layer. */
public enum Activation {
  @JsonProperty("relu")
  RELU,
  @JsonProperty("tanh")
  TANH,
  @JsonProperty("sigmoid")
  SIGMOID,
  @JsonProperty("selu")
  SELU
}
