package dev.bridle.trainer.train;

import ai.djl.engine.Engine;
import java.nio.file.Path;

/**
 * The training engine of this process. It reads its settings from system properties when its
 * classes load, so that this has to come first.
 */
public final class TorchEngine {
  private TorchEngine() {}

  /**
   * Loads the engine, once; the first time on a machine it unpacks its libraries (450 MB).
   *
   * @param cache where they are unpacked to
   * @param threads of one operation; metrics are the same bits only for the same number
   */
  public static void load(Path cache, int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.default_engine", "PyTorch");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("PYTORCH_FLAVOR", "cpu");
    System.setProperty("DJL_CACHE_DIR", cache.toAbsolutePath().toString());
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", Integer.toString(threads));
    NativeMemory.keepWhatIsFreed();
    Engine.getInstance();
  }
}
