package dev.bridle.benchmarks.published;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.benchmarks.bed.Await;
import dev.bridle.benchmarks.bed.Pace;
import dev.bridle.benchmarks.bed.Service;
import dev.bridle.benchmarks.bed.TrainerRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains the planned runs with trainers side by side, each with a folder and a thread of its own.
 * Nothing is remembered here: the trainers know their runs and take them up where they were.
 */
final class PublishedTraining implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final double TELL_EVERY = 0.01;

  private final List<TrainerRuns> trainers = new ArrayList<>();

  private record Submitted(PlannedRun plan, TrainerRuns trainer, String run) {
    JsonNode now() {
      return trainer.now(run);
    }

    double done() {
      return now().path("progressPercent").asDouble() / 100;
    }

    TestedRun tested() {
      trainer.succeeded(run);
      String report = "/v1/runs/" + run + "/artifacts/report.json";
      return TestedRun.of(plan, trainer.read(report));
    }
  }

  PublishedTraining(Path project, Path folder, int count) {
    try {
      for (int i = 1; i <= count; i++) {
        trainers.add(new TrainerRuns(trainer(project, folder, "trainer-" + i)));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Needs no Kafka: what it would say waits on its disk. */
  private static Service trainer(Path project, Path folder, String name) {
    return Service.start(
        project,
        "trainer-service",
        folder,
        name,
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx2g",
            "-Dbridle.trainer.work-dir=" + folder.resolve(name),
            "-Dbridle.trainer.datasets-dir=" + folder.resolve("data"),
            "-Dkafka.bootstrap.servers=127.0.0.1:1"));
  }

  List<TestedRun> of(List<PlannedRun> plan) {
    List<Submitted> runs = new ArrayList<>();
    for (PlannedRun next : plan) {
      TrainerRuns trainer = trainers.get(runs.size() % trainers.size());
      runs.add(new Submitted(next, trainer, trainer.submitted(next.name(), next.spec())));
    }
    double done = done(runs);
    Pace pace = new Pace(done, System.nanoTime());
    double told = Double.NEGATIVE_INFINITY;
    while (done < 1) {
      if (done - told >= TELL_EVERY) {
        System.out.println(pace.sentence(done, System.nanoTime()));
        told = done;
      }
      Await.pause(LOOK_EVERY);
      done = done(runs);
    }
    return runs.stream().map(Submitted::tested).toList();
  }

  private static double done(List<Submitted> runs) {
    return runs.stream().mapToDouble(Submitted::done).average().orElse(1);
  }

  @Override
  public void close() {
    trainers.forEach(trainer -> trainer.trainer().close());
  }
}
