package dev.bridle.monitor.web.projection;

import java.util.List;

/**
 * A page of the runs.
 *
 * @param revision the projection's, when the list was made
 * @param total how many the query finds, on all its pages
 * @param runs newest first
 */
public record RunList(long revision, int total, List<RunSummary> runs) {
  public RunList {
    runs = List.copyOf(runs);
  }
}
