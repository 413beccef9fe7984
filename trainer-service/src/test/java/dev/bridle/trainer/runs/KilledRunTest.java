package dev.bridle.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.Phase;
import dev.bridle.events.TrainingEvent;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that trains is killed again and again; the run ends with the bits of one that isn't.
 */
class KilledRunTest {
  static final int EPOCHS = 60;
  static final RunSpec SPEC =
      Digits.read(
          """
          {"name": "k", "seed": 3, "data": {"uri": "digits.csv", "labelNoise": 0.2},
           "model": {"kind": "mlp", "hidden": [64, 32], "dropout": 0.4},
           "training": {"epochs": %d}}
          """
              .formatted(EPOCHS));

  @TempDir Path folder;

  /** Submits the run unless it is there, and trains it. */
  public static final class Trainer {
    private Trainer() {}

    public static void main(String[] folder) throws InterruptedException {
      LocalQueue queue = new LocalQueue(1);
      Runs runs =
          new Runs(
              queue,
              Path.of(folder[0]),
              Training.setup(Duration.ofMillis(50)),
              KilledRunTest::unheard,
              Clock.systemUTC());
      runs.restore(queue);
      if (runs.views().isEmpty()) {
        runs.submit(SPEC, Optional.empty());
      }
      runs.trainNext();
    }
  }

  @Test
  void theSameBitsAsOneThatIsNotKilled() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(process(undisturbed).waitFor()).isZero();
    Path killed = folder.resolve("killed");
    for (int epochs : new int[] {1, 14, 37}) {
      Process process = process(killed);
      await().atMost(1, TimeUnit.MINUTES).until(() -> lines(killed) >= epochs);
      process.destroyForcibly().waitFor();
    }
    assertThat(process(killed).waitFor()).isZero();

    Run whole = run(undisturbed);
    Run patched = run(killed);
    assertThat(patched.state().phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(patched.state().attempt()).isEqualTo(4);
    assertThat(patched.bestEpoch()).isEqualTo(whole.bestEpoch());
    assertThat(patched.epochs()).hasSize(EPOCHS);
    same(patched.checkpoint().orElseThrow(), whole.checkpoint().orElseThrow());
    assertThat(patched.state().evaluation()).isEqualTo(whole.state().evaluation());
  }

  static void same(Checkpoint one, Checkpoint other) {
    other
        .weights()
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(one.weights().tensor(name).values())
                    .as(name)
                    .containsExactly(tensor.values()));
  }

  private static void unheard(TrainingEvent event) {}

  static Run run(Path folder) throws IOException {
    try (var runs = Files.list(folder)) {
      Path only = runs.findFirst().orElseThrow();
      return Run.restored(new RunFolder(only), KilledRunTest::unheard, Clock.systemUTC());
    }
  }

  private static long lines(Path folder) {
    try (var files = Files.walk(folder)) {
      Optional<Path> epochs = files.filter(file -> file.endsWith("epochs.jsonl")).findFirst();
      return epochs.isPresent() ? Files.readAllLines(epochs.get()).size() : 0;
    } catch (IOException notYet) {
      return 0;
    }
  }

  static Process process(Path folder) throws IOException {
    return process(Trainer.class, folder.toString());
  }

  static Process process(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
