package dev.bridle.benchmarks.bed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private record Found(double rmse, int epochs) {}

  @TempDir Path folder;

  @Test
  void remembersWhatWasFoundOverItsEnd() {
    Path file = folder.resolve("new").resolve("ledger.jsonl");
    new Ledger(file).keep("boston-1", new Found(2.9, 40));
    assertThat(new Ledger(file).found("boston-1", Found.class)).contains(new Found(2.9, 40));
    assertThat(new Ledger(file).found("boston-2", Found.class)).isEmpty();
  }

  @Test
  void aTornLineIsFoundAgainAndSpoilsNoOther() throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    Ledger before = new Ledger(file);
    before.keep("a", new Found(1, 1));
    Files.writeString(file, "\n{\"key\": \"b\", \"val", StandardOpenOption.APPEND);

    Ledger after = new Ledger(file);
    assertThat(after.found("b", Found.class)).isEmpty();
    after.keep("b", new Found(2, 2));

    assertThat(new Ledger(file).found("a", Found.class)).contains(new Found(1, 1));
    assertThat(new Ledger(file).found("b", Found.class)).contains(new Found(2, 2));
  }

  @Test
  void paceIsThatSinceTheWorkWasTakenUpAgain() {
    Pace pace = new Pace(0.5, 0);
    long minute = 60_000_000_000L;
    assertThat(pace.sentence(0.5, minute)).isEqualTo("50 % done");
    assertThat(pace.sentence(0.6, 10 * minute)).isEqualTo("60 % done, some 41 minutes left");
    assertThat(pace.sentence(1, 10 * minute)).isEqualTo("100 % done");
  }
}
