package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What stands in for a missing value: a statistic of its column's training rows. */
public enum Imputation {
  @JsonProperty("mean")
  MEAN,
  @JsonProperty("median")
  MEDIAN
}
