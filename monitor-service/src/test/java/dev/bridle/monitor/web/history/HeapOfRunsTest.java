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
    try (DiskHistories histories = new DiskHistories(folder)) {
      assertThat(HeapOfRuns.bytesPerRun(histories, 2_000, 20)).isLessThan(2_500);
    }
    try (DiskHistories histories = new DiskHistories(folder)) {
      assertThat(HeapOfRuns.bytesPerRun(histories, 500, 200)).isLessThan(2_500);
    }
  }
}
