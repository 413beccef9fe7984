package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Stops when the run has lasted too long, by its own times and never by a clock, so that it
 * replays: the metric {@code elapsedMillis} where the epoch has it, else the time since the first
 * epoch ended.
 *
 * <p>The run is to stop iff elapsed &gt;= maxMillis. DJL's EarlyStoppingListener has the same.
 */
public final class TimeBudget implements Rule<TimeBudget.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "timeBudget",
          true,
          "Stops when the run has lasted too long.",
          List.of(Setting.number("maxMillis", 3_600_000, 1, "How long it may last, in ms.")),
          State.class,
          TimeBudget::new);

  private static final String ELAPSED = "elapsedMillis";

  private final double maxMillis;

  /** What it remembers: when the first epoch ended, in ms since 1970; 0 before that. */
  public record State(long firstMillis) {}

  private TimeBudget(Settings settings) {
    maxMillis = settings.number("maxMillis");
  }

  @Override
  public State initial() {
    return new State(0);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    long now = epoch.time().toEpochMilli();
    State next = state.firstMillis() == 0 ? new State(now) : state;
    OptionalDouble told = epoch.metric(ELAPSED);
    double elapsed = told.orElse(now - next.firstMillis());
    return elapsed >= maxMillis
        ? new Judged<>(
            next,
            new Verdict.StopTraining(
                0,
                "the time budget of %s is used up".formatted(Duration.ofMillis((long) maxMillis)),
                Map.of(ELAPSED, elapsed, "maxMillis", maxMillis)))
        : Judged.keepTraining(next);
  }
}
