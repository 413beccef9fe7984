package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import java.time.Duration;
import java.util.List;

/**
 * Says how long a run may be silent. The one rule that is no fold, for no epoch comes: whoever has
 * a clock watches, and warns with severity critical; the next event resolves it. A run that names
 * no such rule is watched by the monitor's own limit.
 *
 * <p>Source: StalledTrainingRule of Amazon SageMaker Debugger: 1800 s.
 */
public final class StalledRun implements Rule<StalledRun.Nothing> {
  static final RuleDefinition<Nothing> DEFINITION =
      new RuleDefinition<>(
          "stalledRun",
          false,
          "Warns when a run sends nothing for too long.",
          List.of(
              Setting.wholeNumber(
                  "silentSeconds",
                  1800,
                  0,
                  "How long it may be silent; 0 for as long as it likes.")),
          Nothing.class,
          StalledRun::new);

  private final Duration silenceAllowed;

  /** It remembers nothing. */
  public record Nothing() {}

  private StalledRun(Settings settings) {
    silenceAllowed = Duration.ofSeconds(settings.wholeNumber("silentSeconds"));
  }

  /** Zero for ever. */
  public Duration silenceAllowed() {
    return silenceAllowed;
  }

  @Override
  public Nothing initial() {
    return new Nothing();
  }

  @Override
  public Judged<Nothing> judge(Nothing state, EpochCompleted epoch) {
    return Judged.keepTraining(state);
  }
}
