package dev.bridle.monitor.web.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.monitor.web.Events;
import dev.bridle.monitor.web.projection.DecisionView.Standing;
import dev.bridle.monitor.web.projection.RunUpdate.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProjectionTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:10:00Z");

  private final Events run = Events.of("r1");
  private final Projection projection = new Projection(new HeapHistories());

  @Test
  void showsARunFromItsFirstEpochToItsModel() {
    apply(story());

    RunView view = view(projection);

    assertThat(view.summary().phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(view.summary().name()).isEqualTo("r1-name");
    assertThat(view.summary().experiment()).hasValue("demo");
    assertThat(view.summary().plannedEpochs()).hasValue(50);
    assertThat(view.summary().lastEpoch()).isEqualTo(4);
    assertThat(view.summary().bestEpoch()).hasValue(2);
    assertThat(view.summary().outcome())
        .hasValueSatisfying(
            outcome -> assertThat(outcome).isInstanceOf(TrainingOutcome.StoppedEarly.class));
    assertThat(view.summary().metrics()).containsEntry("validationLoss", 0.9);
    assertThat(view.epochs()).extracting(EpochView::epoch).containsExactly(1, 2, 3, 4);
    assertThat(view.decisions())
        .singleElement()
        .satisfies(decision -> assertThat(decision.answer()).isPresent());
    assertThat(view.alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.resolvedAtEpoch()).hasValue(4));
    assertThat(view.model()).hasValueSatisfying(model -> assertThat(model.version()).isEqualTo(3));
  }

  @Test
  void comesToTheSameViewInAnyOrderAndWithRepetitions() {
    List<TrainingEvent> story = new ArrayList<>(story());
    story.addAll(takeOver());
    apply(story);
    Projection shuffled = new Projection(new HeapHistories());
    for (int seed = 0; seed < 50; seed++) {
      List<TrainingEvent> twice = new ArrayList<>(story);
      twice.addAll(story);
      Collections.shuffle(twice, new Random(seed));
      Projection other = new Projection(new HeapHistories());
      twice.forEach(other::apply);
      shuffled = other;
      assertThat(withoutRevision(view(other))).isEqualTo(withoutRevision(view(projection)));
    }
    assertThat(shuffled.size()).isEqualTo(1);
  }

  @Test
  void aRepetitionChangesNothingAndSaysSo() {
    apply(story());
    long revision = projection.revision();

    assertThat(story()).allSatisfy(event -> assertThat(projection.apply(event)).isEmpty());
    assertThat(projection.revision()).isEqualTo(revision);
  }

  @Test
  void epochsBeyondTheResumedOneGiveWayToThoseOfTheLaterAttempt() {
    apply(story());
    apply(takeOver());

    RunView view = view(projection);

    assertThat(view.summary().attempt()).isEqualTo(2);
    assertThat(view.epochs()).extracting(EpochView::epoch).containsExactly(1, 2, 3);
    assertThat(view.epochs().get(2).metrics()).containsEntry("validationLoss", 0.55);
    assertThat(view.decisions()).as("of epoch 4, superseded").isEmpty();
    assertThat(view.alerts()).as("of epoch 2, stands").hasSize(1);
  }

  @Test
  void aLateEpochOfASupersededAttemptIsRejected() {
    apply(List.of(run.attempt(1, 0), run.attempt(2, 2)));

    assertThat(projection.apply(run.epoch(1, 3, 0.1, 0.1))).isEmpty();
    assertThat(projection.apply(run.epoch(1, 2, 0.1, 0.1))).isPresent();
  }

  @Test
  void theOutcomeOfAnEarlierAttemptIsNotThatOfTheRun() {
    apply(story());
    apply(List.of(run.attempt(2, 2)));

    assertThat(view(projection).summary().outcome()).isEmpty();
    assertThat(view(projection).summary().phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void nanIsNeverTheBestEpochAndIsKeptAsItIs() {
    apply(List.of(run.epoch(1, 1, 0.9, 0.9), run.epoch(1, 2, Double.NaN, Double.NaN)));

    assertThat(view(projection).summary().bestEpoch()).hasValue(1);
    assertThat(view(projection).summary().metrics().get("validationLoss")).isNaN();
  }

  @Test
  void theEarliestOfEqualEpochsIsTheBest() {
    apply(List.of(run.epoch(1, 2, 0.5, 0.5), run.epoch(1, 1, 0.5, 0.5)));

    assertThat(view(projection).summary().bestEpoch()).hasValue(1);
  }

  @Test
  void runsAreListedNewestFirst() {
    Instant later = Instant.parse("2026-11-23T09:00:00Z");
    apply(List.of(run.phase(1, Phase.QUEUED)));
    apply(
        List.of(
            new Events(new RunId("r2"), "later", 10, later).phase(1, Phase.QUEUED),
            new Events(new RunId("r3"), "same time", 10, later).phase(1, Phase.QUEUED)));

    assertThat(projection.runs(run -> true, Optional.empty(), 0, 10).runs())
        .extracting(summary -> summary.run().value())
        .containsExactly("r2", "r3", "r1");
  }

  @Test
  void anAnswerThatOvertakesItsSignalIsNotLost() {
    SignalIssued stop = run.stop(1, 4, 2);
    projection.apply(run.applied(stop, 4));

    RunUpdate update = projection.apply(stop).orElseThrow();

    assertThat(update.kind()).isEqualTo(Kind.DECISION);
    assertThat(update.decision().orElseThrow().answer()).isPresent();
  }

  @Test
  void aSignalThatNobodyAnswersIsUnansweredOnceItHasExpired() {
    SignalIssued stop = run.stop(1, 4, 2);
    projection.apply(stop);

    assertThat(standing(NOW)).isEqualTo(Standing.WAITING);
    assertThat(standing(stop.expiresAt())).isEqualTo(Standing.UNANSWERED);
    assertThat(view(projection).summary().counts().unanswered()).isEqualTo(1);

    projection.apply(run.applied(stop, 4));

    assertThat(standing(stop.expiresAt())).isEqualTo(Standing.APPLIED);
    assertThat(view(projection).summary().counts().unanswered()).isZero();
  }

  private Standing standing(Instant now) {
    return projection.run(run.run(), now).orElseThrow().decisions().get(0).standing();
  }

  @Test
  void everyUpdateSaysWhatChanged() {
    assertThat(story().stream().map(projection::apply).map(update -> update.orElseThrow().kind()))
        .containsExactly(
            Kind.RUN,
            Kind.RUN,
            Kind.RUN,
            Kind.EPOCH,
            Kind.EPOCH,
            Kind.ALERT,
            Kind.EPOCH,
            Kind.EPOCH,
            Kind.ALERT,
            Kind.DECISION,
            Kind.ACKNOWLEDGEMENT,
            Kind.RUN,
            Kind.MODEL,
            Kind.RUN);
  }

  @Test
  void anUnknownRunHasNoView() {
    assertThat(projection.run(new RunId("nobody"), NOW)).isEmpty();
  }

  private List<TrainingEvent> story() {
    SignalIssued stop = run.stop(1, 4, 2);
    return List.of(
        run.phase(1, Phase.QUEUED),
        run.attempt(1, 0),
        run.phase(1, Phase.RUNNING),
        run.epoch(1, 1, 0.9, 0.9),
        run.epoch(1, 2, 0.6, 0.7),
        run.gap(1, 2),
        run.epoch(1, 3, 0.4, 0.8),
        run.epoch(1, 4, 0.3, 0.9),
        run.resolved(run.gap(1, 2), 4),
        stop,
        run.applied(stop, 4),
        run.ended(1, 4, 2, new TrainingOutcome.StoppedEarly(stop.id(), "patience", stop.reason())),
        run.model(1, "digits", 3, 2),
        run.phase(1, Phase.SUCCEEDED));
  }

  private List<TrainingEvent> takeOver() {
    return List.of(run.attempt(2, 2), run.epoch(2, 3, 0.5, 0.55));
  }

  private void apply(List<TrainingEvent> events) {
    events.forEach(projection::apply);
  }

  private RunView view(Projection from) {
    return from.run(run.run(), NOW).orElseThrow();
  }

  private static RunView withoutRevision(RunView view) {
    return new RunView(
        0,
        view.summary(),
        view.epochs(),
        view.decisions(),
        view.alerts(),
        view.model(),
        view.policy());
  }
}
