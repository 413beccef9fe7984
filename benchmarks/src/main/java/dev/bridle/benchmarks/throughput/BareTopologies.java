package dev.bridle.benchmarks.throughput;

import dev.bridle.benchmarks.bare.BareTopology;
import dev.bridle.benchmarks.bare.Keeping;
import dev.bridle.benchmarks.bare.Output;
import dev.bridle.benchmarks.bed.Child;
import dev.bridle.benchmarks.bed.Progress;
import dev.bridle.benchmarks.bed.Progress.Stretch;
import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.bed.Written;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.events.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Kafka Streams alone makes of the topic, with the monitor's settings: what no topology can
 * surpass that keeps and writes as much for each epoch, and judges too.
 *
 * @param jvm options of its JVM
 * @param over settings, over those that the monitor is delivered with
 */
record BareTopologies(
    TestBed bed, LastThird lastThird, List<String> jvm, Map<String, String> over) {
  /** A key takes 104 bytes, of two thirds of 512 MiB: the old generation. */
  private static final long MOST_IN_HEAP = 2_500_000;

  /**
   * Of all ways to keep it, but in memory for what it can't hold.
   *
   * @param outputs what the monitor wrote, to its own topics
   * @param group the monitor's
   * @param bare what the bare loop made of it
   */
  void report(Report report, List<Output> outputs, String group, Stretch bare) {
    for (Keeping keeping : Keeping.values()) {
      if (keeping == Keeping.HEAP && lastThird.records() > MOST_IN_HEAP) {
        continue;
      }
      String own = BareTopology.group(keeping) + "-";
      Stretch topology =
          run(
              keeping,
              outputs.stream()
                  .map(output -> output.to(own + output.topic().replace(group + "-", "")))
                  .toList());
      String party = "bare topology, " + keeping.words();
      report.told("records through the " + party, topology.rate(), "1/s");
      report.told("its ratio to the bare loop", topology.rate() / bare.rate(), "x");
      report.told("processor time a record, " + party, topology.processorMicros(), "us");
      report.told(
          "its ratio by processor time", bare.processorMicros() / topology.processorMicros(), "x");
      reportWritten(report, keeping, own);
    }
  }

  private Stretch run(Keeping keeping, List<Output> outputs) {
    bed.clients()
        .createTopics(
            outputs.stream().filter(output -> !keeping.keeps(output)).map(Output::topic).toList());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                bed.bootstrapServers(),
                Topics.METRICS,
                keeping.name(),
                bed.folder().resolve(BareTopology.group(keeping)).toString()));
    outputs.forEach(output -> arguments.add(output.text()));
    try (Child topology = bed.program(BareTopology.class, options(), arguments)) {
      return lastThird.of(BareTopology.group(keeping), topology);
    }
  }

  private List<String> options() {
    Map<String, String> settings = new TreeMap<>(bed.monitorSettings(BareTopology.SETTINGS));
    settings.putAll(over);
    List<String> options = new ArrayList<>(jvm);
    settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
    return options;
  }

  /** That it did write as much. */
  private void reportWritten(Report report, Keeping keeping, String own) {
    try (Progress progress =
        new Progress(bed.clients(), BareTopology.group(keeping), Topics.METRICS)) {
      double taken = progress.taken();
      Set<String> topics =
          Written.topics(bed.clients()).stream()
              .filter(topic -> topic.startsWith(own))
              .collect(Collectors.toSet());
      long bytes =
          Written.in(bed.clients(), topics).values().stream().mapToLong(Written::bytes).sum();
      report.told("bytes it wrote a record", bytes / taken, "B");
    }
  }
}
