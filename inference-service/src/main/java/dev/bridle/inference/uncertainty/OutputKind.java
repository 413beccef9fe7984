package dev.bridle.inference.uncertainty;

/** What a row of an output means. */
public enum OutputKind {
  /** Probabilities over classes: each at least 0, together 1. */
  DISTRIBUTION,
  /** Anything else: logits, regression targets, features. */
  VALUES
}
