package dev.bridle.trainer.study;

import java.time.Instant;

/**
 * A study as REST shows it.
 *
 * @param phase RUNNING until every run has ended, then ENDED
 * @param progressPercent of all runs' planned epochs; a run that has ended counts whole
 * @param runs all, those that have ended, and those of them that did not succeed
 */
public record StudyView(
    String study,
    String name,
    Instant submitted,
    Phase phase,
    double progressPercent,
    RunCount runs,
    StudyReport report) {
  /** Whether runs are still to end. */
  public enum Phase {
    RUNNING,
    ENDED
  }

  /** Of a study's runs. */
  public record RunCount(int all, int ended, int failed) {}

  static StudyView of(Study study, StudyReport report) {
    int all = 0;
    int ended = 0;
    int failed = 0;
    double progress = 0;
    for (StudyReport.Arm arm : report.arms()) {
      for (ArmRun run : arm.runs()) {
        all++;
        ended += run.phase().isFinal() ? 1 : 0;
        failed += run.phase().isFinal() && run.value().isEmpty() ? 1 : 0;
        progress += run.phase().isFinal() ? 100 : run.progressPercent();
      }
    }
    return new StudyView(
        study.study(),
        study.spec().name(),
        study.submitted(),
        ended == all ? Phase.ENDED : Phase.RUNNING,
        progress / all,
        new RunCount(all, ended, failed),
        report);
  }
}
