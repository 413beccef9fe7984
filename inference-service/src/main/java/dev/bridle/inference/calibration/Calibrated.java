package dev.bridle.inference.calibration;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What labeled rows say about one way to answer with one output. Conformal scores are of the
 * probabilities as they are and not of scaled ones, for the temperature saw the same rows.
 *
 * @param temperature of probabilities; null of numbers
 * @param sets by the {@link SetScore}'s key; empty of numbers
 * @param residuals |y - answer|, one for each number of a row; empty of probabilities
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Calibrated(
    Temperature temperature, Map<String, ConformalScores> sets, List<ConformalScores> residuals) {
  public Calibrated {
    sets = sets == null ? Map.of() : Map.copyOf(sets);
    residuals = residuals == null ? List.of() : List.copyOf(residuals);
  }

  /**
   * @param probabilities [rows, classes] row-major, without NaN
   * @param labels [rows], one at least
   */
  public static Calibrated ofClasses(float[] probabilities, int[] labels) {
    Map<String, ConformalScores> sets = new TreeMap<>();
    for (SetScore score : SetScore.values()) {
      sets.put(score.key(), score.scores(probabilities, labels));
    }
    return new Calibrated(Temperature.fitted(probabilities, labels), sets, List.of());
  }

  /**
   * @param answers [rows, units] row-major
   * @param truths as the answers
   */
  public static Calibrated ofValues(float[] answers, double[] truths, int units) {
    List<ConformalScores> residuals = new ArrayList<>();
    for (int unit = 0; unit < units; unit++) {
      double[] scores = new double[truths.length / units];
      for (int row = 0; row < scores.length; row++) {
        int at = row * units + unit;
        scores[row] = Math.abs(truths[at] - answers[at]);
      }
      residuals.add(new ConformalScores(scores));
    }
    return new Calibrated(null, Map.of(), residuals);
  }
}
