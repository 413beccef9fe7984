package dev.bridle.inference.uncertainty;

/** What a row of an output means. */
public enum OutputKind {
  /** Probabilities over classes: each at least 0, together 1. */
  DISTRIBUTION,
  /** Probabilities of labels that don't exclude each other, each by itself from 0 to 1. */
  LABELS,
  /** Anything else: logits, regression targets, features. */
  VALUES
}
