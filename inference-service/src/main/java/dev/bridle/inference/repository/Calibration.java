package dev.bridle.inference.repository;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bridle.inference.calibration.Calibrated;
import dev.bridle.inference.calibration.UncertaintyReference;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Beside each calibrated model, as {@code calibration.json}.
 *
 * @param sha256 of the model; of another one it says nothing
 * @param outputs by name
 */
public record Calibration(String sha256, Map<String, Output> outputs) {
  /**
   * @param plain of deterministic answers
   * @param sampled of predictive means; null where the output isn't sampled
   * @param uncertainty of the rows; null where the output isn't sampled, or was calibrated before
   *     this was kept
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Output(Calibrated plain, Calibrated sampled, UncertaintyReference uncertainty) {
    public Optional<UncertaintyReference> reference() {
      return Optional.ofNullable(uncertainty);
    }

    public Optional<Calibrated> of(Mode mode) {
      return Optional.ofNullable(mode == Mode.PLAIN ? plain : sampled);
    }
  }

  /** How an output was answered. */
  public enum Mode {
    PLAIN,
    SAMPLED
  }

  public Calibration {
    outputs = Map.copyOf(outputs);
  }

  Calibration with(String name, Output output) {
    Map<String, Output> all = new TreeMap<>(outputs);
    all.put(name, output);
    return new Calibration(sha256, all);
  }
}
