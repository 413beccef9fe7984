package dev.bridle.endtoend;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * What many trainers send at a time, as unreliable as they are: epochs twice and out of order, new
 * attempts that resume, the rest of superseded attempts, NaN, curves that make rules speak.
 */
final class RunLoad {
  private static final int SHORTEST = 20;
  private static final int LONGEST = 60;
  private static final double TWICE = 0.04;
  private static final double SWAPPED = 0.03;
  private static final double RESUMED = 0.15;
  private static final double ENDED = 0.7;

  private final Random random;
  private final Instant start;

  private RunLoad(long seed, Instant start) {
    random = new Random(seed);
    this.start = start;
  }

  /** All events in the order of their sending; those of a run stand in its own order. */
  static List<TrainingEvent> of(int runs, long seed, Instant start) {
    return new RunLoad(seed, start).interleaved(runs);
  }

  private List<TrainingEvent> interleaved(int runs) {
    List<Deque<TrainingEvent>> waiting = new ArrayList<>();
    List<Deque<TrainingEvent>> turns = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      Deque<TrainingEvent> run = new ArrayDeque<>(run(i));
      waiting.add(run);
      turns.addAll(Collections.nCopies(run.size(), run));
    }
    Collections.shuffle(turns, random);
    return turns.stream().map(Deque::remove).toList();
  }

  private List<TrainingEvent> run(int number) {
    RunId run = new RunId("load-%04d".formatted(number));
    LoadCurve curve = LoadCurve.values()[number % LoadCurve.values().length];
    int planned = SHORTEST + random.nextInt(LONGEST - SHORTEST);
    int firstAttemptsEnd =
        random.nextDouble() < RESUMED ? planned / 2 + random.nextInt(planned / 2) : planned;
    Optional<PolicySpec> policy = policy(number);
    List<TrainingEvent> events = new ArrayList<>();
    events.addAll(attempt(run, 1, 0, firstAttemptsEnd, planned, curve, policy));
    int attempt = 1;
    if (firstAttemptsEnd < planned) {
      attempt = 2;
      int checkpoint = firstAttemptsEnd - random.nextInt(5);
      List<TrainingEvent> second = attempt(run, 2, checkpoint, planned, planned, curve, policy);
      second.add(second.size() / 2, epoch(run, 1, firstAttemptsEnd + 1, curve));
      events.addAll(second);
    }
    if (random.nextDouble() < ENDED) {
      events.add(
          new RunEnded(
              run,
              attempt,
              planned,
              OptionalInt.empty(),
              new TrainingOutcome.Completed(),
              start.plusSeconds(planned)));
    }
    return events;
  }

  private List<TrainingEvent> attempt(
      RunId run,
      int attempt,
      int resumedFrom,
      int lastEpoch,
      int planned,
      LoadCurve curve,
      Optional<PolicySpec> policy) {
    List<TrainingEvent> events = new ArrayList<>();
    for (int e = resumedFrom + 1; e <= lastEpoch; e++) {
      TrainingEvent epoch = epoch(run, attempt, e, curve);
      events.add(epoch);
      if (random.nextDouble() < TWICE) {
        events.add(epoch);
      }
    }
    for (int i = 1; i < events.size(); i++) {
      if (random.nextDouble() < SWAPPED) {
        Collections.swap(events, i, i - 1 - random.nextInt(Math.min(i, 3)));
      }
    }
    events.add(
        0,
        new AttemptStarted(run, attempt, resumedFrom, run.value(), "load", planned, policy, start));
    return events;
  }

  private EpochCompleted epoch(RunId run, int attempt, int epoch, LoadCurve curve) {
    return new EpochCompleted(
        run, attempt, epoch, curve.metrics(epoch, random), start.plusSeconds(epoch));
  }

  /** Some ask for none, some for what doesn't exist. */
  private static Optional<PolicySpec> policy(int run) {
    return switch (run % 5) {
      case 0 -> Optional.empty();
      case 1 -> policy("any", Map.of("rule", "patience", "patience", 5), Map.of("rule", "spike"));
      case 2 ->
          policy(
              "all",
              Map.of("rule", "patience", "dialect", "lightning", "patience", 4),
              Map.of("rule", "patience", "metric", "trainingLoss", "patience", 3),
              Map.of("rule", "overtraining"));
      case 3 ->
          policy(
              "any",
              Map.of("rule", "reduceOnPlateau", "patience", 3, "initialLearningRate", 0.5),
              Map.of("rule", "overfitRatio"),
              Map.of("rule", "validationLossRising"),
              Map.of("rule", "lossNotDecreasing"));
      default -> policy("any", Map.of("rule", "patience", "pateince", run));
    };
  }

  @SafeVarargs
  private static Optional<PolicySpec> policy(String combine, Map<String, Object>... rules) {
    return Optional.of(new PolicySpec(combine, List.of(rules)));
  }
}
