package dev.bridle.inference.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;

/**
 * How good a model's predictions are, without and with MC-dropout.
 *
 * @param plain {@link dev.bridle.scores.ClassificationScores} of an output that is a distribution,
 *     else {@link dev.bridle.scores.RegressionScores}
 * @param sampled the same of the predictive mean; absent where the model can't be sampled
 * @param parameters how it was sampled
 * @param outOfDistribution how well each uncertainty tells the other rows, by name
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record EvaluationAnswer(
    @JsonProperty("model_name") String model,
    @JsonProperty("model_version") String version,
    String output,
    int rows,
    Object plain,
    @JsonProperty("mc_dropout") Optional<Object> sampled,
    Map<String, Object> parameters,
    @JsonProperty("out_of_distribution") Optional<OutOfDistribution> outOfDistribution) {
  /**
   * @param auroc by the name of the measure; {@code confidence} is of the plain answer
   */
  record OutOfDistribution(int rows, Map<String, Double> auroc) {}
}
