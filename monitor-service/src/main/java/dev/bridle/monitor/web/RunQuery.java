package dev.bridle.monitor.web;

import dev.bridle.events.Phase;
import dev.bridle.monitor.web.projection.RunSummary;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which runs a page asks for.
 *
 * @param limit at most {@value #LARGEST_PAGE}
 */
record RunQuery(Predicate<RunSummary> filter, int offset, int limit) {
  private static final int LARGEST_PAGE = 10_000;

  /** The first page of the runs that the filter lets through. */
  static RunQuery newest(Predicate<RunSummary> filter, int limit) {
    return new RunQuery(filter, 0, limit);
  }

  /**
   * Each of the filters may be null: then it lets every run through.
   *
   * @throws ProblemException naming the parameter, its limits and its value
   */
  static RunQuery of(String experiment, String phase, String alert, String offset, String limit) {
    Predicate<RunSummary> filter = run -> true;
    if (experiment != null) {
      filter = filter.and(run -> run.experiment().equals(Optional.of(experiment)));
    }
    if (phase != null) {
      Phase wanted = phase(phase);
      filter = filter.and(run -> run.phase() == wanted);
    }
    if (alert != null) {
      filter = filter.and(run -> run.openAlerts().contains(alert));
    }
    return new RunQuery(
        filter,
        between("offset", 0, Integer.MAX_VALUE, offset),
        between("limit", 1, LARGEST_PAGE, limit));
  }

  private static Phase phase(String name) {
    return Arrays.stream(Phase.values())
        .filter(phase -> phase.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.badRequest(
                        "phase",
                        "phase should be one of %s: was %s"
                            .formatted(Arrays.toString(Phase.values()), name))));
  }

  private static int between(String name, int least, int most, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of its limits is.
    }
    throw new ProblemException(
        Problem.badRequest(
            name,
            "%s should be a whole number between %d and %d: was %s"
                .formatted(name, least, most, value)));
  }
}
