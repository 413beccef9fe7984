package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the losses of several heads become one. */
public enum LossWeights {
  /** Their sum, each multiplied by its head's weight. */
  @JsonProperty("fixed")
  FIXED,
  /** Weights that are learned with the network, each from its task's uncertainty. */
  @JsonProperty("uncertainty")
  UNCERTAINTY
}
