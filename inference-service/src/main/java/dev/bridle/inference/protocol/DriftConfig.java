package dev.bridle.inference.protocol;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When the uncertainty of answers is said to have left that of the calibration. */
@ConfigMapping(prefix = "bridle.inference.drift")
public interface DriftConfig {
  /** The last rows of an output that are compared; 0 to compare none. */
  @WithDefault("500")
  int window();

  /** A drift begins when a distance as theirs has a smaller p-value. */
  @WithDefault("0.0001")
  double raiseBelow();

  /** A drift is over when the p-value is greater again. */
  @WithDefault("0.05")
  double resolveAbove();
}
