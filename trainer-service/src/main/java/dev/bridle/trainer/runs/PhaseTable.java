package dev.bridle.trainer.runs;

import static dev.bridle.events.Phase.CANCELLED;
import static dev.bridle.events.Phase.EXPORTING;
import static dev.bridle.events.Phase.FAILED;
import static dev.bridle.events.Phase.PAUSED;
import static dev.bridle.events.Phase.PREPARING;
import static dev.bridle.events.Phase.QUEUED;
import static dev.bridle.events.Phase.RUNNING;
import static dev.bridle.events.Phase.SUCCEEDED;

import dev.bridle.events.Phase;
import java.util.Map;
import java.util.Set;

/** The legal transitions between phases. */
final class PhaseTable {
  private static final Map<Phase, Set<Phase>> NEXT =
      Map.of(
          QUEUED, Set.of(PREPARING, PAUSED, CANCELLED, FAILED),
          PREPARING, Set.of(RUNNING, QUEUED, CANCELLED, FAILED),
          RUNNING, Set.of(EXPORTING, PAUSED, QUEUED, CANCELLED, FAILED),
          PAUSED, Set.of(QUEUED, CANCELLED),
          EXPORTING, Set.of(SUCCEEDED, QUEUED, FAILED));

  private PhaseTable() {}

  static boolean allows(Phase from, Phase to) {
    return NEXT.getOrDefault(from, Set.of()).contains(to);
  }

  static void require(Phase from, Phase to) {
    if (!allows(from, to)) {
      throw new IllegalStateException("a run that is " + from + " cannot become " + to);
    }
  }
}
