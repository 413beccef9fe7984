package dev.bridle.trainer;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.Map;

/** Counts the engine's arrays, each of which is memory outside of the heap. */
public final class EngineArrays {
  private EngineArrays() {}

  /** Of the manager and of all under it, which DJL tells of the manager alone. */
  public static int under(NDManager manager) {
    try {
      Field resources = BaseNDManager.class.getDeclaredField("resources");
      resources.setAccessible(true);
      int arrays = 0;
      for (Object owned : ((Map<?, ?>) resources.get(manager)).values()) {
        arrays +=
            owned instanceof NDManager other ? under(other) : owned instanceof NDArray ? 1 : 0;
      }
      return arrays;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("DJL keeps what a manager owns elsewhere now", e);
    }
  }
}
