package dev.bridle.trainer.study;

import dev.bridle.trainer.spec.RunSpec;
import java.util.Optional;

/**
 * One way to train, to be compared with the others.
 *
 * @param kind what its difference from {@code full} says
 * @param group the sweep that it belongs to
 */
public record StudyArm(String name, Kind kind, Optional<String> group, RunSpec spec) {
  /** How an arm stands to the run with everything. */
  public enum Kind {
    /** The run with everything. */
    FULL,
    /** A technique is away: what it bought is what is missing. */
    WITHOUT,
    /** Something is otherwise: what that bought is what is gained. */
    CHANGED
  }
}
