package dev.bridle.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.localstack.testing.BrokerResource;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.queue.KafkaQueueLog;
import dev.bridle.trainer.queue.SharedQueue;
import dev.bridle.trainer.spec.RunSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a queue over a real broker: at work together, killed, stopped. */
class TrainerProcessesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final RunSpec MANY_EPOCHS = Digits.spec("{\"epochs\": 5000}");

  @TempDir Path folder;
  private final BrokerResource broker = new BrokerResource();
  private final Map<String, Process> processes = new HashMap<>();
  private String servers;
  private Path shared;
  private Runs observer;

  /**
   * Trains whatever comes, in a process of its own, until it is killed; writes down what it says.
   */
  public static final class Trainer {
    private Trainer() {}

    public static void main(String[] arguments) throws InterruptedException {
      Path said = Path.of(arguments[2]);
      Training.loadEngine();
      new RunWorker(runs(Path.of(arguments[0]), arguments[1], event -> append(said, event)))
          .start();
      append(said, "ready");
      new CountDownLatch(1).await();
    }

    private static void append(Path said, TrainingEvent event) {
      append(said, event.getClass().getSimpleName() + " " + event.identity());
    }

    private static void append(Path said, String line) {
      try {
        Files.writeString(said, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @BeforeEach
  void start() {
    servers = broker.start().get("kafka.bootstrap.servers");
    shared = folder.resolve("shared");
    observer = runs(shared, servers, event -> {});
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes.values()) {
      process.destroyForcibly().waitFor();
    }
    broker.stop();
  }

  @Test
  void theyShareTheWorkAndEachRunIsTrainedOnce() throws Exception {
    RunSpec spec = Digits.spec("{\"epochs\": 20}");
    trainer("one");
    trainer("two");
    await().atMost(PATIENCE).until(() -> said("one").count() + said("two").count() == 2);
    List<RunId> runs =
        IntStream.range(0, 8).mapToObj(i -> observer.submit(spec, Optional.empty()).run()).toList();
    for (RunId run : runs) {
      awaitPhase(run, Phase.SUCCEEDED);
      assertThat(view(run).attempt()).isEqualTo(1);
    }
    Predicate<String> start = said -> said.startsWith(AttemptStarted.class.getSimpleName());
    List<String> one = said("one").filter(start).toList();
    List<String> two = said("two").filter(start).toList();
    assertThat(one).isNotEmpty();
    assertThat(two).isNotEmpty();
    assertThat(Stream.concat(one.stream(), two.stream()))
        .containsExactlyInAnyOrderElementsOf(
            runs.stream().map(run -> "AttemptStarted " + run + "/1/started").toList());
  }

  /** Whichever has the run is killed; the run ends with the bits of one that nobody disturbed. */
  @Test
  void aKilledOnesRunIsTakenOverAndEndsWithTheSameBits() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(KilledRunTest.process(undisturbed).waitFor()).isZero();
    RunId run = observer.submit(KilledRunTest.SPEC, Optional.of("once")).run();
    Process trainer = trainer("0");
    for (int epochs : new int[] {1, 14, 37}) {
      await().atMost(PATIENCE).until(() -> view(run).lastEpoch() >= epochs);
      // The successor is on its way before the holder dies.
      Process successor = trainer("" + epochs);
      trainer.destroyForcibly().waitFor();
      trainer = successor;
    }
    awaitPhase(run, Phase.SUCCEEDED);
    assertThat(view(run).attempt()).isEqualTo(4);
    assertThat(observer.metrics(run).orElseThrow().epochs()).hasSize(KilledRunTest.EPOCHS);
    Run whole = KilledRunTest.run(undisturbed);
    Run patched = Run.another(new RunFolders(shared).latest(run), Clock.systemUTC());
    KilledRunTest.same(patched.checkpoint().orElseThrow(), whole.checkpoint().orElseThrow());
    assertThat(patched.state().evaluation()).isEqualTo(whole.state().evaluation());
  }

  /** It is as if it were dead, loses its run, wakes up and goes on: for nothing. */
  @Test
  void aStoppedOneLosesItsRunAndWhatItDoesWhenItWakesIsVoid() throws Exception {
    RunId run = observer.submit(MANY_EPOCHS, Optional.empty()).run();
    Process first = trainer("first");
    await().atMost(PATIENCE).until(() -> view(run).lastEpoch() >= 3);
    signal("STOP", first);
    trainer("second");
    await().atMost(PATIENCE).until(() -> view(run).attempt() == 2 && view(run).lastEpoch() > 0);
    int resumedFrom = view(run).resumedFromEpoch();
    await().atMost(PATIENCE).until(() -> view(run).lastEpoch() >= resumedFrom + 3);

    // What counts of the first attempt is said again before the second begins.
    List<String> second = said("second").toList();
    int started = second.indexOf("AttemptStarted " + run + "/2/started");
    assertThat(second.subList(0, started).stream().filter(said -> said.startsWith("EpochC")))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, resumedFrom)
                .mapToObj(epoch -> "EpochCompleted " + run + "/1/" + epoch)
                .toList());

    signal("CONT", first);
    RunId next = observer.submit(Digits.spec("{\"epochs\": 3}"), Optional.empty()).run();
    // The first is free for the next run as soon as it knows.
    awaitPhase(next, Phase.SUCCEEDED);
    assertThat(said("first")).contains("AttemptStarted " + next + "/1/started");
    assertThat(view(run).attempt()).isEqualTo(2);
    assertThat(view(run).phase()).isEqualTo(Phase.RUNNING);
    assertThat(view(run).lastEpoch()).isGreaterThan(resumedFrom + 3);
  }

  @Test
  void whatOneIsAskedTheOtherDoes() throws Exception {
    RunId run = observer.submit(MANY_EPOCHS, Optional.empty()).run();
    trainer("one");
    await().atMost(PATIENCE).until(() -> view(run).lastEpoch() >= 2);
    observer.pause(run);
    awaitPhase(run, Phase.PAUSED);
    observer.resume(run);
    await().atMost(PATIENCE).until(() -> view(run).lastEpoch() >= view(run).resumedFromEpoch() + 2);
    observer.cancel(run);
    awaitPhase(run, Phase.CANCELLED);
    assertThatThrownBy(() -> observer.pause(run)).isInstanceOf(RunConflictException.class);
  }

  private RunView view(RunId run) {
    return observer.view(run).orElseThrow();
  }

  private void awaitPhase(RunId run, Phase phase) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(view(run).phase()).as("%s", view(run).transitions()).isEqualTo(phase));
  }

  private Process trainer(String name) throws IOException {
    Process process =
        KilledRunTest.process(
            Trainer.class, shared.toString(), servers, folder.resolve(name).toString());
    processes.put(name, process);
    return process;
  }

  private Stream<String> said(String trainer) throws IOException {
    Path file = folder.resolve(trainer);
    return Files.exists(file) ? Files.readAllLines(file).stream() : Stream.empty();
  }

  private static void signal(String signal, Process process) throws Exception {
    String[] command = {"kill", "-" + signal, Long.toString(process.pid())};
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  private static Runs runs(Path folder, String servers, Announcements announcements) {
    KafkaQueueLog log = new KafkaQueueLog(Map.of("bootstrap.servers", servers));
    return new Runs(
        SharedQueue.renewed(log, Duration.ofSeconds(2), 10),
        folder,
        Training.setup(Duration.ofMillis(50)),
        announcements,
        Clock.systemUTC());
  }
}
