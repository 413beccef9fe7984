package dev.bridle.monitor.web;

import dev.bridle.events.Phase;
import dev.bridle.monitor.web.projection.RunPosition;
import dev.bridle.monitor.web.projection.RunSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which runs a page asks for.
 *
 * @param limit at most {@value #LARGEST_PAGE}
 */
record RunQuery(Predicate<RunSummary> filter, Optional<RunPosition> after, int offset, int limit) {
  private static final Set<String> PARAMETERS =
      Set.of("experiment", "phase", "alert", "after", "offset", "limit");
  private static final int LARGEST_PAGE = 10_000;

  /** The first page of the runs that the filter lets through. */
  static RunQuery newest(Predicate<RunSummary> filter, int limit) {
    return new RunQuery(filter, Optional.empty(), 0, limit);
  }

  /** From the beginning, without a cursor. */
  RunQuery(Predicate<RunSummary> filter, int offset, int limit) {
    this(filter, Optional.empty(), offset, limit);
  }

  /** A misspelled or empty filter would let every run through. */
  static void check(Map<String, List<String>> parameters) {
    parameters.forEach(
        (name, values) -> {
          if (!PARAMETERS.contains(name)) {
            throw new ProblemException(
                Problem.badRequest(
                    name,
                    "%s is no parameter: there are %s".formatted(name, new TreeSet<>(PARAMETERS))));
          }
          if (values.stream().anyMatch(String::isBlank)) {
            throw new ProblemException(
                Problem.badRequest(
                    name, "%s should not be blank: was '%s'".formatted(name, values.get(0))));
          }
        });
  }

  /**
   * Each of the filters, and the cursor, may be null: then it lets every run through.
   *
   * @throws ProblemException naming the parameter, its limits and its value
   */
  static RunQuery of(
      String experiment, String phase, String alert, String after, String offset, String limit) {
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
        Optional.ofNullable(after).map(RunQuery::position),
        between("offset", 0, Integer.MAX_VALUE, offset),
        between("limit", 1, LARGEST_PAGE, limit));
  }

  private static RunPosition position(String cursor) {
    try {
      return RunPosition.at(cursor);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.badRequest(
              "after", "after should be the next of an earlier page: was " + cursor));
    }
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

  static int between(String name, int least, int most, String value) {
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
