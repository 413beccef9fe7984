package dev.bridle.monitor.web.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.web.Events;
import dev.bridle.monitor.web.projection.Chapter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskHistoriesTest {
  private final Events run = Events.of("r1");
  private final Events neighbor = Events.of("r1-0");
  @TempDir Path folder;
  private DiskHistories histories;

  @BeforeEach
  void open() {
    histories = new DiskHistories(folder);
  }

  @AfterEach
  void close() {
    histories.close();
  }

  @Test
  void aRunsEpochsAreReadInTheirOrderWhateverTheirNumbersDigits() {
    for (int epoch : List.of(100, 9, 10, 1)) {
      histories.put(Chapter.EPOCHS, run.epoch(1, epoch, 0.5, Double.NaN));
    }
    histories.put(Chapter.EPOCHS, neighbor.epoch(1, 2, 0.5, 0.5));
    histories.put(Chapter.ALERTS, run.gap(1, 9));

    assertThat(histories.read(Chapter.EPOCHS, run.run()))
        .extracting(EpochCompleted::epoch)
        .containsExactly(1, 9, 10, 100);
    assertThat(histories.read(Chapter.EPOCHS, run.run()).get(0))
        .isEqualTo(run.epoch(1, 1, 0.5, Double.NaN));
  }

  @Test
  void anEntryOfTheSameKeyGivesWay() {
    histories.put(Chapter.EPOCHS, run.epoch(1, 3, 0.5, 0.5));
    histories.put(Chapter.EPOCHS, run.epoch(2, 3, 0.4, 0.4));

    assertThat(histories.read(Chapter.EPOCHS, run.run()))
        .containsExactly(run.epoch(2, 3, 0.4, 0.4));
  }

  @Test
  void forgetsOneRunAndLeavesItsNeighbors() {
    IntStream.rangeClosed(1, 5)
        .forEach(
            epoch -> {
              histories.put(Chapter.EPOCHS, run.epoch(1, epoch, 0.5, 0.5));
              histories.put(Chapter.EPOCHS, neighbor.epoch(1, epoch, 0.5, 0.5));
            });
    histories.put(Chapter.MODEL, run.model(1, "m", 1, 1));

    histories.forget(run.run());

    assertThat(histories.read(Chapter.EPOCHS, run.run())).isEmpty();
    assertThat(histories.find(Chapter.MODEL, run.run(), "")).isEmpty();
    assertThat(histories.read(Chapter.EPOCHS, neighbor.run())).hasSize(5);
  }

  @Test
  void aRemovedEntryIsGoneAndRemovingItAgainDoesNothing() {
    histories.put(Chapter.ALERTS, run.gap(1, 2));
    histories.remove(Chapter.ALERTS, run.gap(1, 2));
    histories.remove(Chapter.ALERTS, run.gap(1, 2));

    assertThat(histories.find(Chapter.ALERTS, run.run(), run.gap(1, 2).id().value())).isEmpty();
  }

  @Test
  void beginsEmptyWhereAnEarlierProcessWasKilled() {
    histories.put(Chapter.EPOCHS, run.epoch(1, 1, 0.5, 0.5));
    histories.close();

    open();

    assertThat(histories.read(Chapter.EPOCHS, run.run())).isEmpty();
  }
}
