package dev.bridle.trainer.runs;

import dev.bridle.events.RunId;

/**
 * A trainer's right to change a run. It ends with its release, or when another trainer claims the
 * next term.
 *
 * @param term 0 where no other trainer could have claimed it; else one more than that of the claim
 *     before it
 */
public record Claim(RunId run, int term) {
  /** Whether the files that an earlier claim's holder may still write to are not this one's. */
  boolean hasFilesOfItsOwn() {
    return term > 0;
  }
}
