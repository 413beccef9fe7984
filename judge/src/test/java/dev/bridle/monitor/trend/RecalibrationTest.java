package dev.bridle.monitor.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecalibrationTest {
  private static final int WINDOW = 40;
  private static final int HORIZON = 10;
  private static final int WARM_UP = 20;

  /** What the shapes said of a moment, as a logit, and what came. */
  private record Claim(double logit, boolean came) {}

  @Test
  void itsNumbersAreThoseThatMakeTheFittedFamiliesMostLikely() {
    List<Claim> claims = new ArrayList<>();
    for (SimulatedCurve.Family family : SimulatedCurve.Family.values()) {
      if (family.fitted) {
        SimulatedCurve.of(family, 5, 7).forEach(curve -> claims.addAll(claims(curve)));
      }
    }

    double[] fitted = fitted(claims);

    assertThat(Recalibration.SHIFT).isCloseTo(fitted[0], within(0.25));
    assertThat(Recalibration.SHRINK).isCloseTo(fitted[1], within(0.08));
  }

  private static List<Claim> claims(SimulatedCurve curve) {
    List<Claim> claims = new ArrayList<>();
    double older = Double.NaN;
    double deviation = 0;
    for (int now = 12; now + HORIZON <= SimulatedCurve.EPOCHS; now += 2) {
      int first = Math.max(1, now - WINDOW + 1);
      int[] epochs = new int[now - first + 1];
      Arrays.setAll(epochs, i -> first + i);
      Trend trend =
          new Trend(epochs, Arrays.copyOfRange(curve.observed(), first - 1, now), HORIZON);
      double margin = Math.max(0.1 * trend.noise(), 0.01 * progress(curve.observed(), now));
      double logit = Recalibration.logit(trend.claimed(margin, older, deviation));
      if (now > WARM_UP) {
        boolean came = curve.best(now + 1, now + HORIZON) < curve.best(1, now) - margin;
        claims.add(new Claim(logit, came));
      }
      if (epochs.length == WINDOW && !(trend.middle() >= older)) {
        older = trend.middle();
        deviation = trend.middleDeviation();
      }
    }
    return claims;
  }

  private static double progress(double[] observed, int now) {
    double[] firsts = Arrays.copyOf(observed, 5);
    Arrays.sort(firsts);
    return firsts[2] - Arrays.stream(observed, 0, now).min().orElseThrow();
  }

  /** Logistic regression by Newton's method; the claims are cut off at logits of 9. */
  private static double[] fitted(List<Claim> claims) {
    double shift = 0;
    double shrink = 1;
    for (int i = 0; i < 30; i++) {
      double g0 = 0;
      double g1 = 0;
      double h00 = 0;
      double h01 = 0;
      double h11 = 0;
      for (Claim claim : claims) {
        double x = Math.max(-9, Math.min(9, claim.logit()));
        double p = 1 / (1 + Math.exp(-(shift + shrink * x)));
        double error = (claim.came() ? 1 : 0) - p;
        g0 += error;
        g1 += error * x;
        h00 += p * (1 - p);
        h01 += p * (1 - p) * x;
        h11 += p * (1 - p) * x * x;
      }
      double determinant = h00 * h11 - h01 * h01;
      shift += (h11 * g0 - h01 * g1) / determinant;
      shrink += (h00 * g1 - h01 * g0) / determinant;
    }
    return new double[] {shift, shrink};
  }
}
