package dev.bridle.benchmarks.latency;

import dev.bridle.benchmarks.bare.BareLoop;
import dev.bridle.benchmarks.bare.Output;
import dev.bridle.benchmarks.bed.Await;
import dev.bridle.benchmarks.bed.Child;
import dev.bridle.benchmarks.bed.KafkaClients;
import dev.bridle.benchmarks.bed.Monitor;
import dev.bridle.benchmarks.bed.Runs;
import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * From a metric's append to its signal's visibility, beside a bare round trip through two topics
 * under the same commit settings. The two take turns, one record at a time, at moments that do not
 * depend on the commits. The bare loop commits each record at once, as the monitor does a decision.
 */
final class LatencyBenchmark {
  /** Signals after every epoch but a run's first, for the loss stays what it is. */
  private static final PolicySpec EVERY_EPOCH =
      new PolicySpec(
          "any", List.of(Map.of("rule", "reduceOnPlateau", "patience", 0, "minDelta", 0)));

  private static final Map<String, Double> METRICS =
      Map.of("trainingLoss", 1.0, "validationLoss", 1.0, "learningRate", 0.001);

  /** What is sent is on its way while the offsets are committed. */
  private static final String NO_LINGER = "0";

  private static final String COMMIT_AT_ONCE = "0";
  private static final int PAUSE_NANOS = 20_000_000;
  private static final int RUNS = 16;
  private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private final TestBed bed;
  private final int trips;
  private final int warmUp;

  LatencyBenchmark(TestBed bed, int trips, int warmUp) {
    this.bed = bed;
    this.trips = trips;
    this.warmUp = warmUp;
  }

  static void run(Path project, List<Mode> modes, int trips, int warmUp, Report report) {
    for (Mode mode : modes) {
      try (TestBed bed = TestBed.start(project)) {
        new LatencyBenchmark(bed, trips, warmUp).run(mode, report);
      }
    }
  }

  private void run(Mode mode, Report report) {
    KafkaClients clients = bed.clients();
    clients.createTopics(List.of("bare.in", "bare.out"));
    Runs runs = new Runs("latency", EVERY_EPOCH);
    int bytes = 600;
    List<String> jvm = new ArrayList<>(JVM);
    jvm.addAll(mode.monitorProperties());
    Histogram judged = new Histogram(3);
    Histogram bare = new Histogram(3);
    try (Monitor monitor = bed.monitor(jvm);
        Child loop =
            bed.program(
                BareLoop.class,
                JVM,
                List.of(
                    bed.bootstrapServers(),
                    "bare.in",
                    mode.guarantee().name(),
                    COMMIT_AT_ONCE,
                    NO_LINGER,
                    new Output("bare.out", 1, bytes).text()));
        RoundTrip monitored =
            new RoundTrip(clients.producer(Map.of()), clients.tail(Topics.SIGNALS));
        RoundTrip plain = new RoundTrip(clients.producer(Map.of()), clients.tail("bare.out"))) {
      for (int run = 0; run < RUNS; run++) {
        monitored.producer().send(runs.started(run));
        monitored.producer().send(runs.epoch(run, 1, METRICS));
      }
      Random pauses = new Random(7);
      for (int i = 0; i < warmUp + trips; i++) {
        monitor.process().requireAlive();
        loop.requireAlive();
        long took = judged(monitored, runs, i);
        pause(pauses);
        long tookBare = bare(plain, i, bytes);
        pause(pauses);
        if (i >= warmUp) {
          judged.recordValue(took / 1_000);
          bare.recordValue(tookBare / 1_000);
        }
      }
    }
    tell(mode, judged, bare, report);
  }

  private long judged(RoundTrip trip, Runs runs, int i) {
    String run = runs.id(i % RUNS).value();
    int epoch = 2 + i / RUNS;
    byte[] id = "%s/1/%d/reduceOnPlateau".formatted(run, epoch).getBytes(StandardCharsets.UTF_8);
    return trip.nanos(
        runs.epoch(i % RUNS, epoch, METRICS),
        record -> Arrays.equals(record.headers().lastHeader("ce_id").value(), id));
  }

  private long bare(RoundTrip trip, int i, int bytes) {
    byte[] key = String.valueOf(i).getBytes(StandardCharsets.UTF_8);
    return trip.nanos(
        new ProducerRecord<>("bare.in", i % KafkaClients.PARTITIONS, key, new byte[bytes]),
        record -> Arrays.equals(record.key(), key));
  }

  private static void pause(Random random) {
    Await.pause(Duration.ofNanos(random.nextInt(PAUSE_NANOS)));
  }

  private static void tell(Mode mode, Histogram judged, Histogram bare, Report report) {
    for (double percentile : new double[] {50, 99}) {
      String name = mode + (percentile == 50 ? " median" : " p99");
      double ours = judged.getValueAtPercentile(percentile) / 1e3;
      double theirs = bare.getValueAtPercentile(percentile) / 1e3;
      if (percentile == 50) {
        report.measuredAgainst(Goal.atMost(10), name + ", metric to signal", ours, "ms");
      } else {
        report.told(name + ", metric to signal", ours, "ms");
      }
      report.told(name + ", bare round trip", theirs, "ms");
      if (percentile == 50) {
        report.told(name + ", ratio", ours / theirs, "x");
      } else {
        report.measuredAgainst(Goal.atMost(2), name + ", ratio", ours / theirs, "x");
      }
    }
  }
}
