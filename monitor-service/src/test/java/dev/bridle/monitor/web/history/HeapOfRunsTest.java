package dev.bridle.monitor.web.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapOfRunsTest {
  @TempDir Path folder;

  /** 100,000 of them fit into a quarter of a heap of 1 GiB, and the judge has the rest. */
  @Test
  void aLiveRunCostsTheViewLessThan2500BytesOfHeapHoweverLongItIs() {
    bytesPerRun(100, 10); // loads what is loaded once
    assertThat(bytesPerRun(1_000, 10)).isLessThan(2_500);
    assertThat(bytesPerRun(200, 100)).isLessThan(2_500);
  }

  private long bytesPerRun(int runs, int epochs) {
    try (DiskHistories histories = new DiskHistories(folder)) {
      return HeapOfRuns.bytesPerRun(histories, runs, epochs);
    }
  }
}
