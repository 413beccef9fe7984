package dev.bridle.benchmarks.throughput;

import dev.bridle.benchmarks.bare.BareLoop;
import dev.bridle.benchmarks.bare.BareTopology;
import dev.bridle.benchmarks.bare.Guarantee;
import dev.bridle.benchmarks.bare.Output;
import dev.bridle.benchmarks.bed.Child;
import dev.bridle.benchmarks.bed.FiveRules;
import dev.bridle.benchmarks.bed.KafkaClients;
import dev.bridle.benchmarks.bed.Monitor;
import dev.bridle.benchmarks.bed.Progress;
import dev.bridle.benchmarks.bed.Progress.Stretch;
import dev.bridle.benchmarks.bed.Runs;
import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.bed.Written;
import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.events.wire.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.producer.Producer;

/**
 * Epochs that one monitor judges in a second by five rules each, from a topic that is full of them;
 * then what a bare transactional loop makes of the same topic, writing as many records and bytes as
 * the monitor did, and what bare topologies do. Each runs alone, on the same broker: the monitor
 * and the topologies with the monitor's number of threads, the loop with one.
 */
final class ThroughputBenchmark {
  private static final String GROUP = "bridle-monitor";

  /** The monitor's own. */
  private static final int LINGER_MILLIS = 5;

  private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private final TestBed bed;
  private final KafkaClients clients;
  private final Load load;
  private final LastThird lastThird;

  /**
   * What is judged.
   *
   * @param commitMillis the commit interval of both
   * @param settings of the monitor, over its own
   * @param recording where to put a flight recording of the monitor
   */
  record Load(
      int runs,
      int epochs,
      int commitMillis,
      Map<String, String> settings,
      Optional<Path> recording) {
    long records() {
      return (long) runs * epochs;
    }
  }

  ThroughputBenchmark(TestBed bed, Load load) {
    this.bed = bed;
    clients = bed.clients();
    this.load = load;
    lastThird = new LastThird(clients, load.records());
  }

  void run(Report report) {
    fill();
    long measured;
    Stretch monitor;
    try (Monitor process = bed.monitor(jvm())) {
      monitor = lastThird.of(GROUP, process.process());
      for (String phase : List.of("poll", "process", "commit")) {
        String ratio = "kafka_stream_thread_" + phase + "_ratio";
        report.told("share of its threads' time, " + phase, process.meter(ratio), "");
      }
    }
    try (Progress progress = new Progress(clients, GROUP, Topics.METRICS)) {
      measured = progress.taken();
    }
    List<Output> outputs = outputs(measured);
    Stretch bare =
        bare(outputs.stream().map(output -> output.to("bare." + output.topic())).toList());
    report.told("epochs judged by the monitor", monitor.rate(), "1/s");
    report.told("records through the bare loop", bare.rate(), "1/s");
    report.measuredAgainst(Goal.atLeast(0.5), "ratio", monitor.rate() / bare.rate(), "x");
    report.told("processor time an epoch, monitor", monitor.processorMicros(), "us");
    report.told("processor time a record, bare loop", bare.processorMicros(), "us");
    report.told("ratio by processor time", bare.processorMicros() / monitor.processorMicros(), "x");
    report.told("records written per epoch", sum(outputs, Output::perRecord), "");
    report.told(
        "bytes written per epoch",
        sum(outputs, output -> output.perRecord() * output.bytes()),
        "B");
    outputs.forEach(
        output -> {
          report.told(output.topic() + ", records per epoch", output.perRecord(), "");
          report.told(output.topic() + ", value", output.bytes(), "B");
        });
    new BareTopologies(bed, lastThird, JVM, streams()).report(report, outputs, GROUP, bare);
  }

  private void fill() {
    Runs runs = new Runs("throughput", FiveRules.POLICY);
    try (Producer<byte[], byte[]> producer =
        clients.producer(Map.of("linger.ms", 20, "batch.size", 65_536))) {
      for (int run = 0; run < load.runs(); run++) {
        producer.send(runs.started(run));
      }
      for (int epoch = 1; epoch <= load.epochs(); epoch++) {
        for (int run = 0; run < load.runs(); run++) {
          producer.send(runs.epoch(run, epoch));
        }
      }
    }
  }

  private List<String> jvm() {
    List<String> jvm = new ArrayList<>(JVM);
    settings().forEach((key, value) -> jvm.add("-D" + key + "=" + value));
    load.recording()
        .ifPresent(
            file ->
                jvm.add(
                    "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file));
    return jvm;
  }

  /** The monitor's, over those that it is delivered with. */
  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put(BareTopology.SETTINGS + "commit.interval.ms", String.valueOf(load.commitMillis()));
    settings.putAll(load.settings());
    return settings;
  }

  /** Those of them that are Kafka Streams' own. */
  private Map<String, String> streams() {
    Map<String, String> settings = settings();
    settings.keySet().removeIf(name -> !name.startsWith(BareTopology.SETTINGS));
    return settings;
  }

  private Stretch bare(List<Output> outputs) {
    clients.createTopics(outputs.stream().map(Output::topic).toList());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                bed.bootstrapServers(),
                Topics.METRICS,
                Guarantee.EXACTLY_ONCE.name(),
                String.valueOf(load.commitMillis()),
                String.valueOf(LINGER_MILLIS)));
    outputs.forEach(output -> arguments.add(output.text()));
    try (Child loop = bed.program(BareLoop.class, JVM, arguments)) {
      return lastThird.of(BareLoop.group(Topics.METRICS), loop);
    }
  }

  /** What the monitor wrote. */
  private List<Output> outputs(long taken) {
    Set<String> topics = new TreeSet<>(Written.topics(clients));
    topics.removeIf(topic -> topic.equals(Topics.METRICS) || topic.startsWith("__"));
    int key = new Runs("throughput", FiveRules.POLICY).id(load.runs() / 2).value().length();
    List<Output> outputs = new ArrayList<>();
    Written.in(clients, topics)
        .forEach(
            (topic, written) ->
                outputs.add(
                    new Output(
                        topic,
                        (double) written.records() / taken,
                        Math.max(0, (int) (written.bytes() / written.records()) - key))));
    return outputs;
  }

  private static double sum(List<Output> outputs, ToDoubleFunction<Output> perEpoch) {
    return outputs.stream().mapToDouble(perEpoch).sum();
  }
}
