package dev.bridle.localstack.stack;

import java.util.List;

/** Hears how a start goes on, several times a second. */
@FunctionalInterface
public interface StartListener {
  /** Listens to nothing. */
  StartListener SILENT = services -> {};

  /**
   * @param services every service as it is now, in the order of their start
   */
  void progress(List<ServiceStatus> services);
}
