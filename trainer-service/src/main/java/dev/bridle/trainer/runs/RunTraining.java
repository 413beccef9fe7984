package dev.bridle.trainer.runs;

import dev.bridle.events.Phase;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Claims runs, one after the other, and does with each what there is to do. */
final class RunTraining {
  private static final Logger LOG = Logger.getLogger(RunTraining.class);

  /** After which a trainer that has nothing to do looks whether it is to close. */
  private static final Duration MOMENT = Duration.ofMillis(200);

  private final RunQueue queue;
  private final RunBook book;
  private final TrainingSetup setup;
  private final Announcements announcements;
  private final Clock clock;
  private final BooleanSupplier closing;

  /**
   * @param closing whether the process wants to end: a run then pauses at a checkpoint
   */
  RunTraining(
      RunQueue queue,
      RunBook book,
      TrainingSetup setup,
      Announcements announcements,
      Clock clock,
      BooleanSupplier closing) {
    this.queue = queue;
    this.book = book;
    this.setup = setup;
    this.announcements = announcements;
    this.clock = clock;
    this.closing = closing;
  }

  /**
   * Waits a moment for the next run, and trains it. What goes wrong is the run's outcome.
   *
   * @return whether there was one
   */
  boolean next() throws InterruptedException {
    Optional<Claim> claim = queue.next(MOMENT);
    claim.ifPresent(this::train);
    return claim.isPresent();
  }

  /** Does what was asked of the run, and gives it back. */
  void change(Claim claim, Request request) {
    Run run = book.open(claim);
    try {
      follow(claim, run);
      request.of(run);
    } finally {
      queue.release(claim, run.state().phase());
    }
  }

  private void train(Claim claim) {
    Phase left = Phase.PREPARING;
    MDC.put("run", claim.run().value());
    try {
      Run run = book.open(claim);
      follow(claim, run);
      if (run.state().phase() == Phase.QUEUED && !closing.getAsBoolean()) {
        train(claim, run);
      }
      left = run.state().phase();
    } catch (LostRunException e) {
      LOG.warn(e.getMessage());
    } finally {
      queue.release(claim, left);
      MDC.remove("run");
    }
  }

  /** What comes too late for the run is passed over: who asked is not there to hear of it. */
  private void follow(Claim claim, Run run) {
    for (Request request : queue.asked(claim)) {
      try {
        request.of(run);
      } catch (RunConflictException e) {
        LOG.infof("%s comes too late: %s", request, e.getMessage());
      }
    }
  }

  private void train(Claim claim, Run run) {
    LOG.infof("run %s begins", run.state().run());
    try {
      setup.engine().run();
      new RunExecution(run, setup, announcements, clock, () -> follow(claim, run), closing)
          .execute();
    } catch (LostRunException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      LOG.warnf(e, "run %s failed", run.state().run());
      failed(
          run, Optional.ofNullable(e.getMessage()).filter(m -> !m.isBlank()).orElse(e.toString()));
    }
    LOG.infof(
        "run %s is %s%s",
        run.state().run(),
        run.state().phase(),
        run.state().latest().reason().map(reason -> ": " + reason).orElse(""));
  }

  /** What fails in a process that ends may fail because it ends: the next one tries it again. */
  private void failed(Run run, String reason) {
    if (!closing.getAsBoolean()) {
      run.fail(reason);
    } else if (run.isInProgress()) {
      run.goOn("its trainer shut down (%s)".formatted(reason));
    }
  }
}
