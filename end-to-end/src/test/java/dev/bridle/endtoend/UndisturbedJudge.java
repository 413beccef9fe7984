package dev.bridle.endtoend;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.run.EpochHistory;
import dev.bridle.monitor.run.Judgment;
import dev.bridle.monitor.run.RunJudge;
import dev.bridle.monitor.run.RunState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The monitor's own judge without anything that can fail: one fold in memory. */
final class UndisturbedJudge implements EpochHistory {
  private final RunJudge judge = new RunJudge(Duration.ofHours(1));
  private final Map<RunId, RunState> states = new HashMap<>();
  private final Map<RunId, TreeMap<Integer, EpochCompleted>> epochs = new HashMap<>();

  /** The decisions about those events, in their order. */
  static List<TrainingEvent> decisions(List<TrainingEvent> events) {
    UndisturbedJudge judge = new UndisturbedJudge();
    return events.stream().flatMap(event -> judge.take(event).stream()).toList();
  }

  private List<TrainingEvent> take(TrainingEvent event) {
    Judgment judgment = judgment(Optional.ofNullable(states.get(event.run())), event);
    states.put(event.run(), judgment.state());
    return judgment.decisions();
  }

  private Judgment judgment(Optional<RunState> before, TrainingEvent event) {
    if (event instanceof EpochCompleted epoch) {
      return judge.completed(before, epoch, this);
    }
    if (event instanceof AttemptStarted attempt) {
      return judge.started(before, attempt, this);
    }
    return judge.ended(before, (RunEnded) event);
  }

  @Override
  public List<EpochCompleted> upTo(RunId run, int epoch) {
    return List.copyOf(of(run).headMap(epoch, true).values());
  }

  @Override
  public boolean has(EpochCompleted epoch) {
    return of(epoch.run()).containsKey(epoch.epoch());
  }

  @Override
  public void add(EpochCompleted epoch) {
    of(epoch.run()).put(epoch.epoch(), epoch);
  }

  @Override
  public void removeAfter(RunId run, int epoch) {
    of(run).tailMap(epoch, false).clear();
  }

  private TreeMap<Integer, EpochCompleted> of(RunId run) {
    return epochs.computeIfAbsent(run, any -> new TreeMap<>());
  }
}
