package dev.bridle.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.RunId;
import dev.bridle.trainer.runs.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueueBookTest {
  private static final RunId A = new RunId("a");
  private static final RunId B = new RunId("b");

  private final QueueBook book = new QueueBook();
  private long place;

  @Test
  void runsWaitInTheOrderOfTheirSubmission() {
    read(submitted(B), submitted(A));
    assertThat(book.waiting()).containsExactly(B, A);
    assertThat(next()).isEqualTo(B);
  }

  @Test
  void theFirstClaimOfATermCounts() {
    read(submitted(A), claimed(A, 1, "one"), claimed(A, 1, "two"));
    assertThat(holder(A)).contains("one");
    assertThat(book.waiting()).isEmpty();
  }

  @Test
  void aClaimOfAnotherTermThanTheNextDoesNotCount() {
    read(submitted(A), claimed(A, 2, "early"), claimed(A, 1, "one"), claimed(A, 3, "early"));
    assertThat(holder(A)).contains("one");
    read(claimed(A, 2, "two"));
    assertThat(holder(A)).contains("two");
  }

  @Test
  void whoWasSupersededCannotGiveTheRunBack() {
    read(submitted(A), claimed(A, 1, "one"), claimed(A, 2, "two"), released(A, 1, Rest.ENDED));
    assertThat(holder(A)).contains("two");
  }

  @Test
  void aRunThatEndedIsNeverClaimedAgain() {
    read(submitted(A), claimed(A, 1, "one"), released(A, 1, Rest.ENDED), claimed(A, 2, "two"));
    assertThat(holder(A)).isEmpty();
    assertThat(book.next(run -> true)).isEmpty();
  }

  @Test
  void aRunThatIsGivenBackWaitsBehindTheOthers() {
    read(submitted(A), submitted(B), claimed(A, 1, "one"), released(A, 1, Rest.WAITING));
    assertThat(book.waiting()).containsExactly(B, A);
  }

  @Test
  void oneWhoseHolderIsSilentComesBeforeThoseThatWait() {
    read(submitted(A), submitted(B), claimed(B, 1, "one"));
    assertThat(book.next(B::equals).orElseThrow().run()).isEqualTo(B);
    assertThat(next()).isEqualTo(A);
  }

  @Test
  void aPausedRunRestsUntilSomethingIsAsked() {
    read(submitted(A), claimed(A, 1, "one"), released(A, 1, Rest.PAUSED));
    assertThat(book.next(run -> false)).isEmpty();
    read(new QueueEntry.Requested(A, Request.RESUME, "r"));
    assertThat(next()).isEqualTo(A);
  }

  @Test
  void whatTheHolderDidNotHearIsLeftForTheNext() {
    read(submitted(A), claimed(A, 1, "one"));
    long heard = place;
    read(
        new QueueEntry.Requested(A, Request.PAUSE, "heard"),
        new QueueEntry.Requested(A, Request.CANCEL, "unheard"),
        new QueueEntry.Released(A, 1, Rest.PAUSED, heard));
    assertThat(book.standing(A).orElseThrow().askedAfter(-1))
        .extracting(Standing.Asked::request)
        .containsExactly(Request.CANCEL);
    assertThat(next()).isEqualTo(A);
  }

  @Test
  void theSecondSubmissionWithAKeyIsNoRun() {
    read(
        new QueueEntry.Submitted(A, Optional.of("k")),
        new QueueEntry.Submitted(B, Optional.of("k")));
    assertThat(book.submittedWith("k")).contains(A);
    assertThat(book.runs()).containsExactly(A);
  }

  /** Compaction keeps the last entry of a key only, and what the log says stays the same. */
  @Test
  void aCompactedLogSaysTheSame() {
    Random random = new Random(5);
    for (int log = 0; log < 200; log++) {
      List<QueueEntry> entries = new ArrayList<>(List.of(submitted(A), submitted(B)));
      random.ints(60, 0, 4).forEach(choice -> entries.add(any(choice, random)));
      QueueBook whole = new QueueBook();
      QueueBook compacted = new QueueBook();
      for (int i = 0; i < entries.size(); i++) {
        QueueEntry entry = entries.get(i);
        whole.apply(entry, i);
        boolean isLast =
            entries.subList(i + 1, entries.size()).stream()
                .noneMatch(later -> later.key().equals(entry.key()));
        if (isLast) {
          compacted.apply(entry, i);
        }
      }
      for (RunId run : List.of(A, B)) {
        assertThat(compacted.standing(run))
            .usingRecursiveComparison()
            .ignoringFields("value.since")
            .isEqualTo(whole.standing(run));
      }
    }
  }

  private static QueueEntry any(int choice, Random random) {
    RunId run = random.nextBoolean() ? A : B;
    int term = 1 + random.nextInt(4);
    String unique = Integer.toHexString(random.nextInt());
    return switch (choice) {
      case 0 -> new QueueEntry.Claimed(run, term, "t", unique);
      case 1 -> new QueueEntry.Renewed(run, term);
      case 2 -> new QueueEntry.Requested(run, Request.PAUSE, unique);
      default -> new QueueEntry.Released(run, term, Rest.WAITING, -1);
    };
  }

  private void read(QueueEntry... entries) {
    for (QueueEntry entry : entries) {
      book.apply(entry, place++);
    }
  }

  private RunId next() {
    return book.next(run -> false).orElseThrow().run();
  }

  private Optional<String> holder(RunId run) {
    return book.standing(run).orElseThrow().holder().map(QueueEntry.Claimed::trainer);
  }

  private static QueueEntry submitted(RunId run) {
    return new QueueEntry.Submitted(run, Optional.empty());
  }

  private static QueueEntry claimed(RunId run, int term, String trainer) {
    return new QueueEntry.Claimed(run, term, trainer, trainer + term);
  }

  private static QueueEntry released(RunId run, int term, Rest rest) {
    return new QueueEntry.Released(run, term, rest, -1);
  }
}
