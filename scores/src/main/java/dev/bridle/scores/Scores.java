package dev.bridle.scores;

import java.util.Map;

/** How good predictions of one kind are. */
public sealed interface Scores permits ClassificationScores, RegressionScores {
  /** The numbers that a table shows, by their short names, in the order to show them. */
  Map<String, Double> figures();
}
