package dev.bridle.monitor.web.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapOfRunsTest {
  @TempDir Path folder;

  /** 100,000 of them leave the judge more than half of a heap of 1 GiB. */
  @Test
  void aLiveRunCostsTheViewLessThan4000BytesOfHeap() {
    bytesPerRun(100, 10); // loads what is loaded once
    assertThat(bytesPerRun(2_000, 10)).isLessThan(4_000);
  }

  private long bytesPerRun(int runs, int epochs) {
    try (DiskHistories histories = new DiskHistories(folder)) {
      return HeapOfRuns.bytesPerRun(histories, runs, epochs);
    }
  }
}
