package dev.bridle.benchmarks.liveruns;

import dev.bridle.benchmarks.bed.Await;
import dev.bridle.benchmarks.bed.KafkaClients;
import dev.bridle.benchmarks.bed.Monitor;
import dev.bridle.benchmarks.bed.Progress;
import dev.bridle.benchmarks.bed.Progress.Point;
import dev.bridle.benchmarks.bed.Runs;
import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/**
 * How much one monitor bears in 1 GiB of heap: first a few runs that go on for long, then very many
 * runs that live at once.
 */
final class LiveRunsBenchmark {
  /** None of them stops a run. */
  private static final PolicySpec POLICY =
      new PolicySpec(
          "any",
          List.of(
              Map.of("rule", "patience", "patience", 1_000_000),
              Map.of("rule", "generalizationGap"),
              Map.of("rule", "lossNotDecreasing"),
              Map.of("rule", "explodingGradient"),
              Map.of("rule", "spike")));

  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int HEAP_MEBIBYTES = 1_024;
  private static final int WARM_UP_RUNS = 200;
  private static final int WARM_UP_EPOCHS = 100;

  private final TestBed bed;
  private final KafkaClients clients;
  private final Load load;
  private long sent;

  /**
   * What is judged.
   *
   * @param longRuns how many runs have
   * @param longEpochs so many epochs
   * @param runs how many live at once
   */
  record Load(int longRuns, int longEpochs, int runs) {}

  LiveRunsBenchmark(TestBed bed, Load load) {
    this.bed = bed;
    clients = bed.clients();
    this.load = load;
  }

  void run(Report report) {
    send("warm-up", WARM_UP_RUNS, 1, WARM_UP_EPOCHS);
    long before = sent;
    send("long", load.longRuns(), 1, load.longEpochs());
    try (Monitor monitor =
            bed.monitor(
                List.of(
                    "-Xmx" + HEAP_MEBIBYTES + "m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError"));
        Progress progress = new Progress(clients, "bridle-monitor", Topics.METRICS)) {
      flatness(before, progress, monitor, report);
      many(progress, monitor, report);
    }
  }

  /** The cost of an epoch in the first tenth behind the tenth epoch, and in the last tenth. */
  private void flatness(long before, Progress progress, Monitor monitor, Report report) {
    int tenth = load.longEpochs() / 10;
    Point[] points = new Point[4];
    int[] epochs = {10, 10 + tenth, load.longEpochs() - tenth, load.longEpochs() - 10};
    for (int i = 0; i < points.length; i++) {
      long taken = before + (long) load.longRuns() * epochs[i];
      points[i] = progress.when(now -> now >= taken, LIMIT, monitor.process());
    }
    double early = points[1].processorMicrosSince(points[0]);
    double late = points[3].processorMicrosSince(points[2]);
    String span = "epochs %,d to %,d of a run";
    report.told(span.formatted(epochs[0], epochs[1]) + ", processor time an epoch", early, "us");
    report.told(span.formatted(epochs[2], epochs[3]) + ", processor time an epoch", late, "us");
    report.measuredAgainst(Goal.atMost(1.2), "late to early", late / early, "x");
    report.told(
        "late to early by the clock",
        points[1].rateSince(points[0]) / points[3].rateSince(points[2]),
        "x");
  }

  private void many(Progress progress, Monitor monitor, Report report) {
    long before = sent;
    send("live", load.runs(), 1, 1);
    progress.when(taken -> taken >= before + 2L * load.runs(), LIMIT, monitor.process());
    // The announcements of the adopted policies stand behind them in the topic.
    long announced = progress.taken();
    sendEpochs(new Runs("live", POLICY), load.runs(), 2, 2);
    Point begin = progress.when(taken -> taken > announced, LIMIT, monitor.process());
    Point end =
        progress.when(
            taken -> taken >= begin.taken() + load.runs() * 9L / 10, LIMIT, monitor.process());
    int runs = load.longRuns() + WARM_UP_RUNS + load.runs();
    Await.until(
        "the live view of all runs", LIMIT, () -> monitor.meter("bridle_monitor_runs") >= runs);
    monitor.process().requireAlive();
    report.measuredAgainst(Goal.atLeast(100_000), "live runs", runs, "");
    report.told("events judged among them", end.rateSince(begin), "1/s");
    report.told("processor time an event", end.processorMicrosSince(begin), "us");
    report.told("heap limit", HEAP_MEBIBYTES, "MiB");
    report.told("heap in use after a collection", monitor.heapAfterCollection() / (1 << 20), "MiB");
  }

  private void send(String prefix, int runs, int from, int to) {
    Runs made = new Runs(prefix, POLICY);
    try (Producer<byte[], byte[]> producer = producer()) {
      for (int run = 0; run < runs; run++) {
        producer.send(made.started(run));
      }
    }
    sent += runs;
    sendEpochs(made, runs, from, to);
  }

  private void sendEpochs(Runs made, int runs, int from, int to) {
    try (Producer<byte[], byte[]> producer = producer()) {
      for (int epoch = from; epoch <= to; epoch++) {
        for (int run = 0; run < runs; run++) {
          producer.send(made.epoch(run, epoch));
        }
      }
    }
    sent += (long) runs * (to - from + 1);
  }

  private Producer<byte[], byte[]> producer() {
    return clients.producer(Map.of("linger.ms", 20, "batch.size", 65_536));
  }
}
