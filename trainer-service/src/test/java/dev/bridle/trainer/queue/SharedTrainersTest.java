package dev.bridle.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.runs.RunView;
import dev.bridle.trainer.runs.RunWorker;
import dev.bridle.trainer.runs.Runs;
import dev.bridle.trainer.spec.RunSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainers with one log and one folder, in one process. */
class SharedTrainersTest {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final RunSpec SHORT = Digits.spec("{\"epochs\": 3}");
  private static final RunSpec LONG = Digits.spec("{\"epochs\": 5000}");

  @TempDir Path folder;
  private final AtomicLong now = new AtomicLong();
  private final MemoryLog log = new MemoryLog();
  private Trainer one;
  private Trainer two;

  private final class Trainer {
    private final List<TrainingEvent> said = new CopyOnWriteArrayList<>();
    private final MemoryLog.View way = log.view();
    private final SharedQueue queue;
    private final Runs runs;
    private final RunWorker worker;

    private Trainer(String name) {
      queue = new SharedQueue(way, name, LEASE, 10, now::get);
      runs = new Runs(queue, folder, Training.setup(Duration.ZERO), said::add, Clock.systemUTC());
      worker = new RunWorker(runs);
    }

    private RunView view(RunId run) {
      return runs.view(run).orElseThrow();
    }

    private void awaitPhase(RunId run, Phase phase) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(view(run).phase()).as("%s", view(run).transitions()).isEqualTo(phase));
    }

    private <T> List<T> said(Class<T> type) {
      return said.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  @BeforeEach
  void start() {
    one = new Trainer("one");
    two = new Trainer("two");
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Trainer trainer : List.of(one, two)) {
      trainer.worker.stop(PATIENCE);
      trainer.queue.close();
    }
    log.close();
  }

  @Test
  void aRunThatWaitsIsCancelledByAnyoneAtOnce() {
    RunId run = one.runs.submit(LONG, Optional.empty()).run();
    await().until(() -> two.runs.view(run).isPresent());
    assertThat(two.runs.cancel(run).orElseThrow().phase()).isEqualTo(Phase.CANCELLED);
    await().until(() -> one.view(run).phase() == Phase.CANCELLED);
    await().until(() -> one.runs.waiting() == 0);
  }

  @Test
  void theSameKeyGivesTheSameRunAtEach() {
    RunId run = one.runs.submit(SHORT, Optional.of("k")).run();
    await().until(() -> two.runs.view(run).isPresent());
    assertThat(two.runs.submit(SHORT, Optional.of("k")).run()).isEqualTo(run);
    assertThatThrownBy(() -> two.runs.submit(LONG, Optional.of("k")))
        .hasMessageContaining("came with another spec before: it is run '" + run + "'");
  }

  @Test
  void aSignalToARunThatIsTakenOverIsFollowedByItsNewTrainer() {
    RunId run = one.runs.submit(LONG, Optional.empty()).run();
    // It has the run and does nothing with it.
    one.queue.claim(run).orElseThrow();
    one.way.cutOff();
    SignalIssued stop =
        new SignalIssued(
            SignalId.of(run, 1, 1, "patience"),
            run,
            1,
            1,
            "patience",
            new ControlSignal.StopTraining(1),
            "no better",
            Map.of(),
            Instant.now().plusSeconds(300),
            Instant.now());
    // It reaches the one that does not have the run yet, and never the one that had it.
    two.runs.receive(stop);
    log.settle();
    now.addAndGet(LEASE.toNanos());
    two.worker.start();
    two.awaitPhase(run, Phase.SUCCEEDED);
    assertThat(two.said(SignalAcknowledged.class))
        .singleElement()
        .satisfies(said -> assertThat(said.answer()).isInstanceOf(Acknowledgement.Applied.class));
    one.way.heal();
    await().atMost(PATIENCE).until(() -> one.view(run).phase() == Phase.SUCCEEDED);
  }
}
