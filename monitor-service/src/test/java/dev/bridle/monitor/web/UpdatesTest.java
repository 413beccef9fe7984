package dev.bridle.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.monitor.web.projection.RunUpdate;
import dev.bridle.monitor.web.projection.RunUpdate.Kind;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a page hears that lost its connection. */
class UpdatesTest {
  private final Updates updates = new Updates();

  @Test
  void whoComesBackHearsWhatItMissedAndThenWhatComes() {
    publish(1, 5);
    AssertSubscriber<RunUpdate> page = listener(updates.id(3));
    publish(6, 7);

    assertThat(page.getItems()).extracting(RunUpdate::revision).containsExactly(4L, 5L, 6L, 7L);
  }

  @Test
  void whoMissedNothingHearsNothingUntilSomethingChanges() {
    publish(1, 5);
    AssertSubscriber<RunUpdate> page = listener(updates.id(5));

    assertThat(page.getItems()).isEmpty();
  }

  @Test
  void whoMissedMoreThanIsKeptIsToldToFetchAnew() {
    publish(1, Updates.KEPT + 10);

    assertThat(listener(updates.id(9)).getItems().get(0).kind()).isEqualTo(Kind.RESET);
    assertThat(listener(updates.id(10)).getItems()).hasSize(Updates.KEPT);
  }

  @Test
  void whoWasConnectedToAnotherProcessIsToldToFetchAnew() {
    publish(1, 5);
    AssertSubscriber<RunUpdate> page = listener(new Updates().id(3) + "0");

    assertThat(page.getItems())
        .singleElement()
        .satisfies(reset -> assertThat(reset.kind()).isEqualTo(Kind.RESET))
        .satisfies(reset -> assertThat(reset.revision()).isEqualTo(5));
  }

  private AssertSubscriber<RunUpdate> listener(String lastId) {
    return updates
        .after(Optional.of(lastId))
        .subscribe()
        .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
  }

  private void publish(long first, long last) {
    LongStream.rangeClosed(first, last).mapToObj(RunUpdate::reset).forEach(updates::publish);
  }
}
