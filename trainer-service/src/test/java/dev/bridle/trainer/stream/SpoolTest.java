package dev.bridle.trainer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;

  @Test
  void recordsLeaveInTheOrderTheyCameWithAllTheyHad() throws Exception {
    try (Spool spool = new Spool(folder.resolve("spool.mv"))) {
      spool.append(record("first"));
      spool.append(record("second"));
      Spool.Entry first = spool.awaitFirst();
      assertThat(text(first)).isEqualTo("first");
      assertThat(first.record().topic()).isEqualTo("training.metrics");
      assertThat(first.record().key()).isEqualTo("run");
      assertThat(first.record().timestamp()).isEqualTo(17);
      assertThat(first.record().headers().lastHeader("ce_id").value()).isEqualTo(new byte[] {1});
      spool.remove(first);
      assertThat(text(spool.awaitFirst())).isEqualTo("second");
    }
  }

  @Test
  void whatWasAppendedOutlivesAKilledProcess() throws Exception {
    Path killed = folder.resolve("killed.mv");
    try (Spool spool = new Spool(folder.resolve("spool.mv"))) {
      spool.append(record("first"));
      spool.append(record("second"));
      spool.remove(spool.awaitFirst());
      // A copy of the file as it is now is what a kill would leave.
      Files.copy(folder.resolve("spool.mv"), killed);
    }
    try (Spool spool = new Spool(killed)) {
      assertThat(spool.depth()).isEqualTo(1);
      assertThat(text(spool.awaitFirst())).isEqualTo("second");
      spool.append(record("third"));
      spool.remove(spool.awaitFirst());
      assertThat(text(spool.awaitFirst())).isEqualTo("third");
    }
  }

  @Test
  void positionsGoToDiskWithTheNextRecordAndNeverBack() throws Exception {
    Path killed = folder.resolve("killed.mv");
    try (Spool spool = new Spool(folder.resolve("spool.mv"))) {
      spool.position(3, 7);
      spool.position(3, 5);
      spool.append(record("dead letter"));
      Files.copy(folder.resolve("spool.mv"), killed);
    }
    try (Spool spool = new Spool(killed)) {
      assertThat(spool.position(3)).contains(7L);
      assertThat(spool.position(2)).isEmpty();
    }
  }

  @Test
  void aRecordWithoutKeyAndValueIsKept() {
    SpooledRecord bare = new SpooledRecord("t", null, 0, new RecordHeaders(), null);
    assertThat(SpooledRecord.fromBytes(bare.toBytes())).isEqualTo(bare);
  }

  @Test
  void aSecondProcessIsToldWhy() {
    try (Spool spool = new Spool(folder.resolve("spool.mv"))) {
      assertThat(spool.depth()).isZero();
      assertThatThrownBy(() -> new Spool(folder.resolve("spool.mv")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is another trainer using its folder?");
    }
  }

  private static SpooledRecord record(String value) {
    return new SpooledRecord(
        "training.metrics",
        "run",
        17,
        new RecordHeaders().add("ce_id", new byte[] {1}),
        value.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Spool.Entry entry) {
    return new String(entry.record().value(), StandardCharsets.UTF_8);
  }
}
