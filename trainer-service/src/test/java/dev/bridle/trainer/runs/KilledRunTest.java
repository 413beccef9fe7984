package dev.bridle.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.Phase;
import dev.bridle.events.TrainingEvent;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.train.Checkpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that trains is killed again and again; the run ends with the bits of one that isn't.
 */
class KilledRunTest {
  private static final int EPOCHS = 60;

  @TempDir Path folder;

  /** Submits the run unless it is there, and trains it. */
  public static final class Trainer {
    private Trainer() {}

    public static void main(String[] folder) throws InterruptedException {
      Runs runs = runs(Path.of(folder[0]));
      runs.restore();
      if (runs.views().isEmpty()) {
        runs.submit(
            Digits.read(
                """
                {"name": "k", "seed": 3, "data": {"uri": "digits.csv", "labelNoise": 0.2},
                 "model": {"kind": "mlp", "hidden": [64, 32], "dropout": 0.4},
                 "training": {"epochs": %d}}
                """
                    .formatted(EPOCHS)),
            Optional.empty());
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

  private static void same(Checkpoint one, Checkpoint other) {
    other
        .weights()
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(one.weights().tensor(name).values())
                    .as(name)
                    .containsExactly(tensor.values()));
  }

  private static Runs runs(Path folder) {
    return new Runs(
        folder,
        new DatasetsFolder(Digits.FOLDER),
        URI.create("http://trainer/"),
        1,
        Duration.ofMillis(50),
        Training::loadEngine,
        KilledRunTest::unheard,
        Clock.systemUTC());
  }

  private static void unheard(TrainingEvent event) {}

  private static Run run(Path folder) throws IOException {
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

  private static Process process(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Trainer.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
