package dev.bridle.monitor.web.projection;

import java.util.List;

/**
 * Every run.
 *
 * @param revision the projection's, when the list was made
 * @param runs newest first
 */
public record RunList(long revision, List<RunSummary> runs) {
  public RunList {
    runs = List.copyOf(runs);
  }
}
