package dev.bridle.monitor.rule;

/** A rule's state after an epoch, and what it thinks of the run. */
public record Judged<S>(S state, Verdict verdict) {
  /** Nothing to say. */
  public static <S> Judged<S> keepTraining(S state) {
    return new Judged<>(state, Verdict.KeepTraining.VERDICT);
  }
}
