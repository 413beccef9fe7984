package dev.bridle.inference.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Workspaces that wait for their next use, for a new one costs as much as a small answer. As many
 * are kept as were ever used at once. Thread-safe.
 */
final class Workspaces implements AutoCloseable {
  private final Map<String, List<Long>> rowShapes;
  private final Map<String, List<Long>> outputShapes;
  private final List<Workspace> idle = new ArrayList<>();

  Workspaces(Map<String, List<Long>> rowShapes, Map<String, List<Long>> outputShapes) {
    this.rowShapes = Map.copyOf(rowShapes);
    this.outputShapes = Map.copyOf(outputShapes);
  }

  /** One of so many rows; what it holds is left from its last use. */
  Workspace take(int rows) {
    Workspace other = null;
    synchronized (this) {
      for (int at = idle.size() - 1; at >= 0; at--) {
        if (idle.get(at).rows() == rows) {
          return idle.remove(at);
        }
      }
      if (!idle.isEmpty()) {
        other = idle.remove(0);
      }
    }
    if (other != null) {
      other.close();
    }
    return new Workspace(rows, rowShapes, outputShapes);
  }

  synchronized void giveBack(Workspace workspace) {
    idle.add(workspace);
  }

  @Override
  public synchronized void close() {
    idle.forEach(Workspace::close);
    idle.clear();
  }
}
