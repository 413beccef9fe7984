package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a pool makes of the pixels in its window. */
public enum Pooling {
  @JsonProperty("max")
  MAX,
  @JsonProperty("average")
  AVERAGE
}
