package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import java.util.function.Function;

/** A health rule that needs no more than one epoch to see what is wrong with it. */
record EpochCheck(int patience, Function<EpochCompleted, Checkup> check) implements Rule<Alarm> {
  static final Setting PATIENCE =
      Setting.wholeNumber("patience", 1, 1, "Epochs in a row before it warns.");

  EpochCheck(Settings settings, Function<EpochCompleted, Checkup> check) {
    this(settings.wholeNumber("patience"), check);
  }

  @Override
  public Alarm initial() {
    return Alarm.QUIET;
  }

  @Override
  public Judged<Alarm> judge(Alarm alarm, EpochCompleted epoch) {
    return alarm.after(check.apply(epoch), patience);
  }
}
