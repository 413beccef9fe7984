package dev.bridle.trainer.data;

/**
 * A column that is to be predicted, before its file is read.
 *
 * @param kind what its cells hold
 * @param presence whether they may be empty
 */
public record TargetColumn(String name, Kind kind, Presence presence) {
  /** Whether the cells of a target may be empty. */
  public enum Presence {
    REQUIRED,
    OPTIONAL
  }

  /** What the cells of a target hold. */
  public enum Kind {
    /** Labels of any spelling. */
    CLASS,
    /** Finite numbers. */
    NUMBER,
    /** 0 or 1. */
    FLAG
  }
}
