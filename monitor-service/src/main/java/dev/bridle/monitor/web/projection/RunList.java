package dev.bridle.monitor.web.projection;

import java.util.List;
import java.util.Optional;

/**
 * A page of the runs.
 *
 * @param revision the projection's, when the list was made
 * @param total how many the query finds, on all its pages
 * @param runs newest first
 * @param next where the next page begins; empty if this is the last
 */
public record RunList(long revision, int total, List<RunSummary> runs, Optional<RunPosition> next) {
  public RunList {
    runs = List.copyOf(runs);
  }
}
