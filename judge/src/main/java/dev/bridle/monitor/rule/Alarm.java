package dev.bridle.monitor.rule;

/**
 * Raises an alert once something has lasted, stays silent while it goes on, and resolves the alert
 * when it no longer holds.
 *
 * @param inARow unhealthy epochs in a row, counted no further than the patience
 */
public record Alarm(int inARow) {
  static final Alarm QUIET = new Alarm(0);

  /**
   * Takes one more checkup in; one that measured nothing changes nothing.
   *
   * @param patience unhealthy epochs in a row until the alert, at least 1
   */
  Judged<Alarm> after(Checkup checkup, int patience) {
    if (!checkup.measured()) {
      return Judged.keepTraining(this);
    }
    if (checkup.alert().isEmpty()) {
      return raised(patience)
          ? new Judged<>(QUIET, new Verdict.ResolveAlert())
          : Judged.keepTraining(QUIET);
    }
    Alarm next = new Alarm(Math.min(patience, inARow + 1));
    return next.raised(patience) && !raised(patience)
        ? new Judged<>(next, checkup.alert().get().get())
        : Judged.keepTraining(next);
  }

  boolean raised(int patience) {
    return inARow >= patience;
  }
}
