package dev.bridle.benchmarks.uci;

import dev.bridle.benchmarks.bed.Ledger;
import dev.bridle.benchmarks.bed.Pace;
import dev.bridle.benchmarks.bed.Service;
import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.bed.TrainerRuns;
import dev.bridle.benchmarks.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All splits of all data sets, through a broker, a trainer and an inference service. Two splits are
 * worked on at a time, so that one is asked while the other trains.
 */
final class UciBenchmark {
  private static final int AT_A_TIME = 2;

  private final Path project;
  private final Path folder;
  private final int splits;

  UciBenchmark(Path project, Path folder, int splits) {
    this.project = project;
    this.folder = folder;
    this.splits = splits;
  }

  Report run() {
    Map<Dataset, Observations> data = new EnumMap<>(Dataset.class);
    for (Dataset dataset : Dataset.values()) {
      data.put(dataset, Observations.read(DataPackages.fetch(dataset, folder)));
    }
    Ledger ledger = new Ledger(folder.resolve("ledger.jsonl"));
    Map<Dataset, List<Tested>> tested = new EnumMap<>(Dataset.class);
    try (TestBed bed = TestBed.start(project)) {
      Repetition.Tools tools = tools(bed, ledger);
      List<Repetition> all = new ArrayList<>();
      for (int seed = 1; seed <= splits; seed++) {
        for (Dataset dataset : Dataset.values()) {
          all.add(new Repetition(dataset, data.get(dataset), seed));
        }
      }
      List<Tested> results = run(all, tools);
      for (int i = 0; i < results.size(); i++) {
        tested
            .computeIfAbsent(
                Dataset.values()[i % Dataset.values().length], dataset -> new ArrayList<>())
            .add(results.get(i));
      }
    }
    Report report = new Report("uci");
    tested.forEach((dataset, results) -> new Findings(dataset, results).into(report));
    return report;
  }

  private Repetition.Tools tools(TestBed bed, Ledger ledger) {
    Path data = bed.folder().resolve("data");
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of the data", e);
    }
    Service trainer =
        bed.service(
            "trainer-service",
            "trainer",
            List.of(
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Dbridle.trainer.work-dir=" + bed.folder().resolve("trainer"),
                "-Dbridle.trainer.datasets-dir=" + data));
    Service inference =
        bed.service(
            "inference-service",
            "inference",
            List.of(
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Dbridle.inference.repository-dir=" + bed.folder().resolve("inference"),
                "-Dbridle.inference.allowed-uris=" + trainer.address() + "/"));
    return new Repetition.Tools(new TrainerRuns(trainer), new Served(inference), ledger, data);
  }

  private static List<Tested> run(List<Repetition> all, Repetition.Tools tools) {
    ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      List<Future<Tested>> running =
          all.stream().map(repetition -> workers.submit(() -> repetition.run(tools))).toList();
      List<Tested> results = new ArrayList<>();
      Pace pace = new Pace(0, System.nanoTime());
      for (Future<Tested> next : running) {
        results.add(next.get());
        System.out.println(pace.sentence((double) results.size() / all.size(), System.nanoTime()));
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a split failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      workers.shutdownNow();
    }
  }
}
