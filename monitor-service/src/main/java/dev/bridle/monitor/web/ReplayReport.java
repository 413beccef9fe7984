package dev.bridle.monitor.web;

import dev.bridle.events.ControlSignal;
import dev.bridle.events.RunId;
import dev.bridle.monitor.replay.Hindsight;
import dev.bridle.monitor.replay.Hindsight.Goal;
import dev.bridle.monitor.replay.Replayed;
import dev.bridle.monitor.web.projection.RunSummary;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a policy would have made of runs.
 *
 * @param metric that tells the best epoch
 * @param mode which value of it is the better: {@code min} or {@code max}
 * @param epochs trained in all runs together
 * @param meanRegret of the runs that have one; empty if none has
 */
record ReplayReport(
    String metric,
    String mode,
    List<RunReport> runs,
    int stopped,
    int epochs,
    int epochsSaved,
    int bestMissed,
    OptionalDouble meanRegret) {
  private static final String ROW = "%-32s %7s %6s %6s %6s %7s %12s  %s%n";

  /** What the policy asks of the trainer before the stop. */
  record SignalReport(int epoch, ControlSignal signal, String reason) {}

  /**
   * One run.
   *
   * @param lastEpoch that was trained
   * @param stopEpoch after which the policy stops it; empty if it doesn't
   * @param bestEpoch of all epochs
   * @param bestMissed whether the stop comes before an epoch that is better than all up to it
   * @param regret from the best value up to the stop to the best of all, at least 0
   */
  record RunReport(
      RunId run,
      String name,
      int lastEpoch,
      OptionalInt stopEpoch,
      int epochsSaved,
      OptionalInt bestEpoch,
      boolean bestMissed,
      OptionalDouble regret,
      String reason,
      List<SignalReport> signals) {
    static RunReport of(RunSummary run, Replayed replayed, Hindsight hindsight) {
      return new RunReport(
          run.run(),
          run.name(),
          run.lastEpoch(),
          hindsight.stopEpoch(),
          hindsight.epochsSaved(),
          hindsight.bestEpoch(),
          hindsight.bestMissed(),
          hindsight.regret(),
          replayed.reason(),
          replayed.signals().stream()
              .map(at -> at.signal())
              .map(said -> new SignalReport(said.epoch(), said.signal(), said.reason()))
              .toList());
    }
  }

  static ReplayReport of(Goal goal, List<RunReport> runs) {
    return new ReplayReport(
        goal.metric(),
        goal.minimize() ? "min" : "max",
        runs,
        (int) runs.stream().filter(run -> run.stopEpoch().isPresent()).count(),
        runs.stream().mapToInt(RunReport::lastEpoch).sum(),
        runs.stream().mapToInt(RunReport::epochsSaved).sum(),
        (int) runs.stream().filter(RunReport::bestMissed).count(),
        runs.stream()
            .filter(run -> run.regret().isPresent())
            .mapToDouble(run -> run.regret().getAsDouble())
            .average());
  }

  /** One row a run, and one for all. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        ROW.formatted("run", "epochs", "stop", "saved", "best", "missed", "regret", "reason"));
    for (RunReport run : runs) {
      table.append(
          ROW.formatted(
              run.run(),
              run.lastEpoch(),
              text(run.stopEpoch()),
              run.epochsSaved(),
              text(run.bestEpoch()),
              run.bestMissed() ? "yes" : "no",
              text(run.regret()),
              run.reason()));
    }
    return table
        .append(
            ROW.formatted(
                runs.size() + " runs",
                epochs,
                stopped,
                epochsSaved,
                "",
                bestMissed,
                text(meanRegret),
                "mean regret in " + metric))
        .toString();
  }

  private static String text(OptionalInt number) {
    return number.isPresent() ? String.valueOf(number.getAsInt()) : "-";
  }

  private static String text(OptionalDouble number) {
    return number.isPresent() ? String.format(Locale.ROOT, "%.6g", number.getAsDouble()) : "-";
  }
}
