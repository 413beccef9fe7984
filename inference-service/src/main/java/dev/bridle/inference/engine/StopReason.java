package dev.bridle.inference.engine;

import java.util.Locale;

/** Why no more samples were drawn. */
public enum StopReason {
  /** All that were asked for. */
  SAMPLES,
  /** Every row's mean is as near as was asked for. */
  TARGET_SE,
  /** The time was over. */
  DEADLINE;

  /** As in {@code mc_stop_reason}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
