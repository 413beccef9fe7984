package dev.bridle.benchmarks.liveruns;

import dev.bridle.benchmarks.bed.Await;
import dev.bridle.benchmarks.bed.FiveRules;
import dev.bridle.benchmarks.bed.KafkaClients;
import dev.bridle.benchmarks.bed.Monitor;
import dev.bridle.benchmarks.bed.Progress;
import dev.bridle.benchmarks.bed.Progress.Point;
import dev.bridle.benchmarks.bed.Progress.Stretch;
import dev.bridle.benchmarks.bed.Runs;
import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
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
    try (Monitor monitor =
            bed.monitor(
                List.of(
                    "-Xmx" + HEAP_MEBIBYTES + "m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError"));
        Progress progress = new Progress(clients, "bridle-monitor", Topics.METRICS)) {
      flatness(progress, monitor, report);
      many(progress, monitor, report);
    }
  }

  /**
   * The cost of an epoch in the long runs' last tenth, and in the first of as many new runs: the
   * early ones come second, so that the compiler is no reason for a difference.
   */
  private void flatness(Progress progress, Monitor monitor, Report report) {
    int tenth = load.longEpochs() / 10;
    send("long", load.longRuns(), 1, load.longEpochs());
    Stretch late = stretch(progress, monitor, sent - (long) load.longRuns() * tenth, sent);
    long announced = progress.taken();
    send("short", load.longRuns(), 1, 10 + tenth);
    long end = announced + (long) load.longRuns() * (1 + 10 + tenth);
    Stretch early = stretch(progress, monitor, end - (long) load.longRuns() * tenth, end);
    String name = "epochs %,d to %,d of a run, processor time an epoch";
    report.told(name.formatted(10, 10 + tenth), early.processorMicros(), "us");
    report.told(
        name.formatted(load.longEpochs() - tenth, load.longEpochs()), late.processorMicros(), "us");
    report.measuredAgainst(
        Goal.atMost(1.2), "late to early", late.processorMicros() / early.processorMicros(), "x");
    report.told("late to early by the clock", early.rate() / late.rate(), "x");
  }

  private Stretch stretch(Progress progress, Monitor monitor, long from, long to) {
    Point begin = progress.when(taken -> taken >= from, LIMIT, monitor.process());
    Point end = progress.when(taken -> taken >= to, LIMIT, monitor.process());
    return end.since(begin);
  }

  private void many(Progress progress, Monitor monitor, Report report) {
    long before = progress.taken();
    send("live", load.runs(), 1, 1);
    progress.when(taken -> taken >= before + 2L * load.runs(), LIMIT, monitor.process());
    // The announcements of the adopted policies stand behind them in the topic.
    long announced = progress.taken();
    sendEpochs(new Runs("live", FiveRules.POLICY), load.runs(), 2, 2);
    Stretch second = stretch(progress, monitor, announced + 1, announced + load.runs() * 9L / 10);
    int runs = 2 * load.longRuns() + WARM_UP_RUNS + load.runs();
    Await.until(
        "the live view of all runs", LIMIT, () -> monitor.meter("bridle_monitor_runs") >= runs);
    report.measuredAgainst(Goal.atLeast(100_000), "live runs", runs, "");
    report.told("events judged among them", second.rate(), "1/s");
    report.told("processor time an event", second.processorMicros(), "us");
    report.told("heap limit", HEAP_MEBIBYTES, "MiB");
    report.told("heap in use after a collection", monitor.heapAfterCollection() / (1 << 20), "MiB");
  }

  private void send(String prefix, int runs, int from, int to) {
    Runs made = new Runs(prefix, FiveRules.POLICY);
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
