package dev.bridle.trainer.queue;

import dev.bridle.events.RunId;
import dev.bridle.trainer.runs.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the log says about a run up to some entry; pure.
 *
 * @param term of the newest claim that counts; 0 before the first
 * @param holder that claim, until it is released
 * @param rest how the run rests while nobody holds it
 * @param since the log's place where it came to rest: whoever rests longest is the next
 * @param asked what no holder has followed yet
 */
record Standing(
    RunId run,
    int term,
    Optional<QueueEntry.Claimed> holder,
    Rest rest,
    long since,
    List<Asked> asked) {
  /** A request and its place in the log. */
  record Asked(Request request, long place) {}

  static Standing submitted(RunId run, long place) {
    return new Standing(run, 0, Optional.empty(), Rest.WAITING, place, List.of());
  }

  /** After another entry of the run, which may not count. */
  Standing after(QueueEntry entry, long place) {
    if (entry instanceof QueueEntry.Claimed claimed) {
      return claimed.term() == term + 1 && !hasEnded()
          ? new Standing(run, claimed.term(), Optional.of(claimed), rest, since, asked)
          : this;
    } else if (entry instanceof QueueEntry.Released released) {
      return released.term() == term && isHeld() ? released(released, place) : this;
    } else if (entry instanceof QueueEntry.Requested requested && !hasEnded()) {
      List<Asked> more = new ArrayList<>(asked);
      more.add(new Asked(requested.request(), place));
      return new Standing(run, term, holder, rest, since, List.copyOf(more));
    }
    return this;
  }

  private Standing released(QueueEntry.Released released, long place) {
    return new Standing(
        run, term, Optional.empty(), released.rest(), place, askedAfter(released.heardThrough()));
  }

  boolean isHeld() {
    return holder.isPresent();
  }

  boolean hasEnded() {
    return !isHeld() && rest == Rest.ENDED;
  }

  boolean isWaiting() {
    return !isHeld() && rest == Rest.WAITING;
  }

  /** Whether nobody holds it and there is something to do: to train it, or what was asked. */
  boolean isOpen() {
    return isWaiting() || !isHeld() && rest == Rest.PAUSED && !asked.isEmpty();
  }

  boolean isHeldBy(QueueEntry.Claimed claim) {
    return holder.filter(claim::equals).isPresent();
  }

  /** What was asked behind that place of the log. */
  List<Asked> askedAfter(long place) {
    return asked.stream().filter(request -> request.place() > place).toList();
  }
}
